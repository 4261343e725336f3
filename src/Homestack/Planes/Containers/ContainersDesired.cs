using System.Text.Json.Serialization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>The containers, networks and volumes that must be, on every host of the home.</summary>
/// <remarks>Complete but for secrets: values name them, and only the driver puts them in. Lists are sorted by resource.</remarks>
public sealed record ContainersDesired
{
    /// <summary>Value of the label <c>homestack.home</c> on everything that is ours.</summary>
    public required string Home { get; init; }

    /// <summary>Every host of the home, also those without a service: leftovers show there.</summary>
    public required ValueMap<Host> Hosts { get; init; }

    public ValueList<Container> Containers { get; init; } = [];

    public ValueList<NetworkWanted> Networks { get; init; } = [];

    public ValueList<VolumeWanted> Volumes { get; init; } = [];
}

/// <summary>One container as it must be: one instance of a service.</summary>
public sealed record Container
{
    public required string Host { get; init; }

    public required string Stack { get; init; }

    public required string Service { get; init; }

    /// <summary>From 1.</summary>
    public int Instance { get; init; } = 1;

    /// <summary>The engine's name for it: <c>home-stack-service</c>, with <c>-2</c> and so on for further instances.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was written. For people; nothing may decide on it.</summary>
    public string Place { get; init; } = "";

    public required ImageSource Image { get; init; }

    /// <summary>What can only be changed by a new container. Without image, environment, our labels, networks and limits. A namespace shared with a service is
    /// written <c>service:stack/name</c>.</summary>
    public required ContainerBody Body { get; init; }

    public ValueMap<Text> Environment { get; init; } = ValueMap<Text>.Empty;

    /// <summary>Files that are made for it and mounted read-only.</summary>
    public ValueList<ContentFile> Files { get; init; } = [];

    /// <summary>What can be changed while it lives.</summary>
    public required ContainerLimits Limits { get; init; }

    /// <summary>In the order of attaching: the first is the one it is made with. Null: it has no networks of its own (host, none, shared).</summary>
    public ValueList<Attachment>? Networks { get; init; }

    /// <summary>Services that must be well first, by <c>stack/name</c>.</summary>
    public ValueMap<Dependency> DependsOn { get; init; } = ValueMap<Dependency>.Empty;

    /// <summary>Services whose namespaces or volumes it shares, by <c>stack/name</c>, sorted: it is replaced with them.</summary>
    public ValueList<string> SharesWith { get; init; } = [];

    /// <summary>What others wait for; null when nobody waits.</summary>
    public DependencyCondition? Awaited { get; init; }

    /// <summary>It is as well stopped as running: the first visitor has it started.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Sleeps { get; init; }

    /// <summary>Networks and volumes of ours that must be there first.</summary>
    public ValueList<ResourceId> Uses { get; init; } = [];

    /// <summary>Full id of a container without our label to take over; empty for none.</summary>
    public string Adopt { get; init; } = "";

    /// <summary><c>stack/name</c>.</summary>
    public string Owner => $"{Stack}/{Service}";

    /// <summary>Value of the label <c>homestack.resource</c>.</summary>
    public string Label => $"service:{Owner}";

    public ResourceId Resource => ResourceNames.Service(Owner, Instance);
}

/// <summary>A network a container is attached to, by the engine's name.</summary>
public sealed record Attachment(string Network, EndpointSettings Settings);

/// <summary>A file that is made for a container.</summary>
/// <param name="Target">Path in the container.</param>
/// <param name="Content">May name secrets.</param>
/// <param name="Owner">Null: root, root, 0444.</param>
public sealed record ContentFile(string Target, Text Content, FileOwner? Owner);

/// <summary>A network as it must be on one host.</summary>
public sealed record NetworkWanted
{
    public required string Host { get; init; }

    public required ResourceId Resource { get; init; }

    /// <summary>Value of the label <c>homestack.resource</c>.</summary>
    public required string Label { get; init; }

    public string Place { get; init; } = "";

    /// <summary>Somebody else's: it must be there, and is never changed.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Without our labels.</summary>
    public required NetworkBody Body { get; init; }
}

/// <summary>A volume as it must be on one host.</summary>
public sealed record VolumeWanted
{
    public required string Host { get; init; }

    public required ResourceId Resource { get; init; }

    /// <summary>Value of the label <c>homestack.resource</c>.</summary>
    public required string Label { get; init; }

    public string Place { get; init; } = "";

    /// <summary>Somebody else's: it must be there, and is never changed.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Without our labels.</summary>
    public required VolumeBody Body { get; init; }
}
