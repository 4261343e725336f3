using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Compose;

/// <summary>One stack as written: its Compose file with everything it includes and extends, variables put in, inactive profiles left out.</summary>
/// <remarks>Paths are absolute or relative to the home's folder. Names are not looked up yet and defaults are not filled in: null means that nothing was said.
/// <para>Source: Compose Specification.</para></remarks>
public sealed record StackSpec
{
    /// <summary>The name the home gave it.</summary>
    public required string Name { get; init; }

    /// <summary>The stack's file.</summary>
    public required SourceText File { get; init; }

    /// <summary><c>name:</c> of the file; for interpolation only, ours are called after <see cref="Name"/>.</summary>
    public Located<string>? ProjectName { get; init; }

    /// <summary>By the key in the file.</summary>
    public ValueMap<ServiceSpec> Services { get; init; } = ValueMap<ServiceSpec>.Empty;

    public ValueMap<NetworkSpec> Networks { get; init; } = ValueMap<NetworkSpec>.Empty;

    public ValueMap<VolumeSpec> Volumes { get; init; } = ValueMap<VolumeSpec>.Empty;

    public ValueMap<FileSpec> Secrets { get; init; } = ValueMap<FileSpec>.Empty;

    public ValueMap<FileSpec> Configs { get; init; } = ValueMap<FileSpec>.Empty;

    /// <summary>Host for every service that names none itself.</summary>
    public Located<string>? Host { get; init; }

    /// <summary>Every text that was read for this stack, in the order of reading; for keeping a copy.</summary>
    public ValueList<SourceText> Sources { get; init; } = [];

    /// <summary>Names of services that exist but whose profiles are not active.</summary>
    public ValueList<string> InactiveServices { get; init; } = [];
}
