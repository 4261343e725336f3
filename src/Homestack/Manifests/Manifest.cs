using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose;
using Homestack.Manifests.Sections;

namespace Homestack.Manifests;

/// <summary>A home as written: homestack.yaml and its stacks, with places. Names are not looked up yet.</summary>
public sealed record Manifest
{
    /// <summary>The name of the file that makes a folder a home.</summary>
    public const string FileName = "homestack.yaml";

    public required HomeSpec Home { get; init; }

    /// <summary>homestack.yaml.</summary>
    public required SourceText File { get; init; }

    /// <summary>Sorted by name; a name may stand twice, which a rule reports.</summary>
    public ValueList<StackSpec> Stacks { get; init; } = [];

    /// <summary>Where the engine of this machine is when no host says it.</summary>
    public UsualEngine UsualEngine { get; init; } = UsualEngine.Unnamed;

    /// <summary>Every text that was read, sorted by path, so that a generation can keep a copy.</summary>
    public ValueList<SourceText> Sources { get; init; } = [];
}
