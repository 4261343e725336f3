using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Engine.PublicNames;

/// <summary>What a provider asks for, by lego's variable names.</summary>
internal sealed record Credentials(string Provider, ValueMap<string> Variables)
{
    /// <exception cref="MachineException">None of these is there.</exception>
    public string Need(params string[] names) =>
        names.Select(name => Variables.TryGetValue(name, out var value) ? value : "").FirstOrDefault(value => value.Length > 0)
            ?? throw new MachineException($"ask {Provider}", $"{names[0]} is not among its credentials.", "Write it under certificates.credentials.");

    public string Or(string name, string usual) => Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : usual;
}
