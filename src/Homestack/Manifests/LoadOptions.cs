using Homestack.Collections;

namespace Homestack.Manifests;

/// <summary>What loading depends on besides the files.</summary>
/// <param name="Environment">The variables of the process that asked. They win over <c>.env</c> files. <c>HOME</c> is what <c>~</c> stands for.</param>
/// <param name="Profiles">Compose profiles that are active; <c>*</c> for all. Empty: only what <c>COMPOSE_PROFILES</c> names, else services without a profile.</param>
public sealed record LoadOptions(ValueMap<string> Environment, ValueList<string> Profiles)
{
    /// <summary>No variables, no profiles.</summary>
    public static readonly LoadOptions Empty = new(ValueMap<string>.Empty, []);
}
