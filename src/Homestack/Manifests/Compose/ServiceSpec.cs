using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose;

/// <summary>One service as written. Null: not said.</summary>
/// <remarks><para>Source: Compose Specification, "services".</para></remarks>
public sealed record ServiceSpec
{
    /// <summary>Its key in the file.</summary>
    public required Located<string> Name { get; init; }

    public Located<string>? Image { get; init; }

    public BuildSpec? Build { get; init; }

    /// <summary><c>always</c>, <c>never</c>, <c>missing</c> or <c>build</c>.</summary>
    public Located<string>? PullPolicy { get; init; }

    public string? Platform { get; init; }

    public Located<string>? ContainerName { get; init; }

    /// <summary>Words; empty clears the image's own.</summary>
    public ValueList<string>? Command { get; init; }

    /// <summary>Words; empty clears the image's own.</summary>
    public ValueList<string>? Entrypoint { get; init; }

    /// <summary><c>env_file</c> and <c>environment</c> together, values resolved; may name secrets.</summary>
    public ValueMap<Located<Text>> Environment { get; init; } = ValueMap<Located<Text>>.Empty;

    /// <summary><c>label_file</c>, <c>labels</c> together.</summary>
    public ValueMap<Located<string>> Labels { get; init; } = ValueMap<Located<string>>.Empty;

    public ValueMap<Located<string>> Annotations { get; init; } = ValueMap<Located<string>>.Empty;

    public ValueList<PortSpec> Ports { get; init; } = [];

    /// <summary>Each a port or range with an optional protocol, such as <c>80</c> or <c>5000-5010/udp</c>.</summary>
    public ValueList<Located<string>> Expose { get; init; } = [];

    public ValueList<MountSpec> Volumes { get; init; } = [];

    /// <summary>Short syntax of <c>tmpfs</c>: target, then options after a colon.</summary>
    public ValueList<Located<string>> Tmpfs { get; init; } = [];

    /// <summary>Each a service or <c>container:name</c>, with an optional <c>:ro</c> or <c>:rw</c>.</summary>
    public ValueList<Located<string>> VolumesFrom { get; init; } = [];

    public ValueList<FileMountSpec> Secrets { get; init; } = [];

    public ValueList<FileMountSpec> Configs { get; init; } = [];

    /// <summary>By network key; null when nothing was said, so that the default network applies.</summary>
    public ValueMap<AttachmentSpec>? Networks { get; init; }

    public Located<string>? NetworkMode { get; init; }

    /// <summary>Each <c>service</c> or <c>service:alias</c>.</summary>
    public ValueList<Located<string>> Links { get; init; } = [];

    /// <summary>By service.</summary>
    public ValueMap<DependencySpec> DependsOn { get; init; } = ValueMap<DependencySpec>.Empty;

    public HealthcheckSpec? Healthcheck { get; init; }

    public DeploySpec? Deploy { get; init; }

    public Located<long>? Scale { get; init; }

    public Located<string>? Restart { get; init; }

    public LoggingSpec? Logging { get; init; }

    public IdentitySpec Identity { get; init; } = new();

    public LimitsSpec Limits { get; init; } = new();

    public PrivilegesSpec Privileges { get; init; } = new();

    public ExtensionSpec Extension { get; init; } = new();
}
