using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Blueprints;

/// <summary>A thing the user runs in containers, as in Compose, with every default filled in.</summary>
/// <remarks>Absent engine settings (null) mean that the image or the engine decides, exactly as in the Compose Specification.</remarks>
public sealed record Service
{
    public required string Stack { get; init; }

    public required string Name { get; init; }

    /// <summary>Name of the host it runs on.</summary>
    public string Host { get; init; } = Blueprints.Host.Local;

    /// <summary>How many containers; 0 to 100. Default 1.</summary>
    public int Instances { get; init; } = 1;

    public required ImageSource Image { get; init; }

    /// <summary>Where it was written, such as <c>stacks/photos.yaml:7</c>. For people; not part of equality of what runs.</summary>
    public string Place { get; init; } = "";

    public required ContainerSettings Container { get; init; }

    /// <summary>Services of the same home that must be well first, by <c>stack/name</c>.</summary>
    public ValueMap<Dependency> DependsOn { get; init; } = ValueMap<Dependency>.Empty;

    /// <summary>What <c>x-homestack</c> said.</summary>
    public ServiceExposure Exposure { get; init; } = new();

    /// <summary>Full engine id of a container that the owner asked to take over as it is; empty for none.</summary>
    public string Adopt { get; init; } = "";
}

/// <summary>Where an image comes from.</summary>
public sealed record ImageSource
{
    /// <summary>The name it has in the engine; for a build without <c>image:</c>, <c>home-stack-service:built</c>.</summary>
    public required ImageReference Reference { get; init; }

    public PullPolicy Pull { get; init; }

    /// <summary>How to make it; null when it is pulled.</summary>
    public ImageBuild? Build { get; init; }

    /// <summary>Such as <c>linux/amd64</c>; empty for the engine's own.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Set by a rollback: exactly this image, whatever the reference means today.</summary>
    public ImagePin? Pin { get; init; }
}

/// <summary>An image as it was resolved in some generation.</summary>
/// <param name="ImageId">The engine's id, <c>sha256:…</c>.</param>
/// <param name="RepositoryDigest">Name and digest to pull it by, such as <c>nginx@sha256:…</c>; empty for images that were never in a registry.</param>
public sealed record ImagePin(string ImageId, string RepositoryDigest);

/// <summary>When to ask the registry. Source: Compose Specification, <c>pull_policy</c>.</summary>
public enum PullPolicy
{
    /// <summary>When the engine has no image of that name.</summary>
    Missing,
    Always,
    Never,
    Build,
}

/// <summary>How an image is built. Source: Compose Build Specification.</summary>
public sealed record ImageBuild
{
    /// <summary>Absolute folder.</summary>
    public required string Context { get; init; }

    /// <summary>Relative to the context. Default <c>Dockerfile</c>. Unused when <see cref="DockerfileInline"/> is set.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    public string DockerfileInline { get; init; } = "";

    public ValueMap<string> Args { get; init; } = ValueMap<string>.Empty;

    public ValueMap<string> Labels { get; init; } = ValueMap<string>.Empty;

    public string Target { get; init; } = "";

    public string Network { get; init; } = "";

    public ValueList<string> CacheFrom { get; init; } = [];

    public ValueList<string> Tags { get; init; } = [];

    public ValueList<string> ExtraHosts { get; init; } = [];

    public ByteSize? SharedMemory { get; init; }

    public bool NoCache { get; init; }

    public bool PullBase { get; init; }

    /// <summary>Debian packages whose files are unpacked under <c>packages/</c> in the context before building (<c>x-homestack.packages</c> of a build), sorted.</summary>
    public ValueList<string> Packages { get; init; } = [];
}

/// <summary>What must be true of another service first.</summary>
/// <param name="Condition">When it counts as well.</param>
/// <param name="RestartsWith">Restart this one when the other was replaced.</param>
/// <param name="IsRequired">False: a failure of the other is only a warning.</param>
public sealed record Dependency(DependencyCondition Condition, bool RestartsWith, bool IsRequired);

/// <summary>Source: Compose Specification, <c>depends_on</c>.</summary>
public enum DependencyCondition
{
    Started,
    Healthy,
    CompletedSuccessfully,
}

/// <summary>Who may reach a service and how it is shown.</summary>
public sealed record ServiceExposure
{
    /// <summary>Port in the container that speaks HTTP; null when none does.</summary>
    public int? Port { get; init; }

    /// <summary>Zones that may reach it, sorted; empty: none.</summary>
    public ValueList<string> Zones { get; init; } = [];

    public SignIn SignIn { get; init; }

    /// <summary>Ports that the front opens to those zones and hands on as they are, sorted; null: none.</summary>
    public ValueList<PublishedPort>? RawPorts { get; init; }

    /// <summary>Docker's own publishing was asked for (<c>publish: engine</c>).</summary>
    public bool PublishesByEngine { get; init; }

    public string TileGroup { get; init; } = "";

    public string TileTitle { get; init; } = "";

    /// <summary>How requests are treated on their way; null: as usual.</summary>
    public RouteSettings? Route { get; init; }

    /// <summary>Its containers are stopped after so long without a visitor, 1 minute to 7 days, and started by the first; null: they run always.</summary>
    public TimeSpan? Sleep { get; init; }
}

/// <summary>How people sign in to a service.</summary>
public enum SignIn
{
    None,
    Homestack,
    App,
}
