using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Compose;

/// <summary>What a container may do to the host, and which of its namespaces it shares. Null: not said.</summary>
public sealed record PrivilegesSpec
{
    public bool Privileged { get; init; }

    public bool ReadOnly { get; init; }

    public ValueList<string> CapAdd { get; init; } = [];

    public ValueList<string> CapDrop { get; init; } = [];

    public ValueList<string> SecurityOpt { get; init; } = [];

    public ValueList<DeviceSpec> Devices { get; init; } = [];

    public ValueList<string> DeviceCgroupRules { get; init; } = [];

    public ValueMap<Located<string>> Sysctls { get; init; } = ValueMap<Located<string>>.Empty;

    public string? CgroupParent { get; init; }

    /// <summary><c>host</c> or <c>private</c>.</summary>
    public string? Cgroup { get; init; }

    public Located<string>? Ipc { get; init; }

    public Located<string>? Pid { get; init; }

    public string? Uts { get; init; }

    public string? UsernsMode { get; init; }

    public string? Runtime { get; init; }

    public ValueMap<Located<string>> StorageOptions { get; init; } = ValueMap<Located<string>>.Empty;
}

/// <summary>A device node of the host.</summary>
/// <param name="Source">Path on the host, or a CDI name.</param>
/// <param name="Target">Path in the container; the same as the source when not said.</param>
/// <param name="Permissions">Some of <c>rwm</c>; all when not said.</param>
public sealed record DeviceSpec(string Source, string Target, string Permissions);
