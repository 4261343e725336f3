using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Cli.Importing;

/// <summary>Secrets that are not kept yet, as if they were.</summary>
internal sealed class SecretsInMemory(ValueMap<string> secrets) : ISecretReader
{
    public string? Read(string name) => secrets.GetValueOrDefault(name);

    /// <remarks>Containers that are taken over are compared without their secrets, so that any constant will do.</remarks>
    public string? Digest(string name) => secrets.ContainsKey(name) ? "kept" : null;
}
