using System.Text.Json.Serialization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>One call to a container engine. The closed set of what this plane can do; there is no case that removes a volume.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "change")]
[JsonDerivedType(typeof(PullImage), "pull-image")]
[JsonDerivedType(typeof(BuildImage), "build-image")]
[JsonDerivedType(typeof(CreateNetwork), "create-network")]
[JsonDerivedType(typeof(RemoveNetwork), "remove-network")]
[JsonDerivedType(typeof(CreateVolume), "create-volume")]
[JsonDerivedType(typeof(CreateContainer), "create-container")]
[JsonDerivedType(typeof(StartContainer), "start-container")]
[JsonDerivedType(typeof(StopContainer), "stop-container")]
[JsonDerivedType(typeof(RestartContainer), "restart-container")]
[JsonDerivedType(typeof(UnpauseContainer), "unpause-container")]
[JsonDerivedType(typeof(RenameContainer), "rename-container")]
[JsonDerivedType(typeof(UpdateContainer), "update-container")]
[JsonDerivedType(typeof(RemoveContainer), "remove-container")]
[JsonDerivedType(typeof(ConnectNetwork), "connect-network")]
[JsonDerivedType(typeof(DisconnectNetwork), "disconnect-network")]
[JsonDerivedType(typeof(WaitUntilWell), "wait-until-well")]
public abstract record ContainersChange : Change
{
    /// <summary>Name of the host whose engine is called.</summary>
    public required string Host { get; init; }

    protected string OnHost => Host == Blueprints.Host.Local ? "" : $" on {Host}";
}

/// <summary>A container that a call is about. The driver refuses when what it finds there does not carry these labels.</summary>
/// <param name="Reference">Its id; or its name while it has no id yet.</param>
/// <param name="Name">For people.</param>
/// <param name="Home">Label that it must carry; empty for one that was taken over, which is then known by its full id alone.</param>
/// <param name="Label">Label <c>homestack.resource</c> that it must carry.</param>
public sealed record ContainerTarget(string Reference, string Name, string Home, string Label);

/// <summary>Fetches an image from its registry.</summary>
public sealed record PullImage(string Reference, string Platform) : ContainersChange
{
    public override string Summary => $"pull image {Reference}{OnHost}";
}

/// <summary>Builds an image.</summary>
/// <param name="Reference">The name it gets.</param>
/// <param name="Build">From what.</param>
/// <param name="Platform">Empty for the engine's own.</param>
/// <param name="Context">Digest of all that goes in; becomes a label of the image.</param>
public sealed record BuildImage(string Reference, ImageBuild Build, string Platform, string Context) : ContainersChange
{
    public override string Summary => $"build image {Reference}{OnHost}";
}

/// <summary>Makes a network.</summary>
public sealed record CreateNetwork(NetworkBody Body) : ContainersChange
{
    public override string Summary => $"create network {Body.Name}{OnHost}";
}

/// <summary>Removes a network of ours that nothing uses.</summary>
public sealed record RemoveNetwork(string Id, string Name, string Home, string Label) : ContainersChange
{
    public override string Summary => $"remove network {Name}{OnHost}";
}

/// <summary>Makes a volume.</summary>
public sealed record CreateVolume(VolumeBody Body) : ContainersChange
{
    public override string Summary => $"create volume {Body.Name}{OnHost}";
}

/// <summary>Makes a container and does not start it.</summary>
/// <param name="Name">The engine's name for it.</param>
/// <param name="Platform">Empty for the engine's own.</param>
/// <param name="Body">Complete but for secrets: without environment and made files.</param>
/// <param name="Environment">With references to secrets.</param>
/// <param name="Files">Files to make and mount.</param>
public sealed record CreateContainer(string Name, string Platform, ContainerBody Body, ValueMap<Text> Environment, ValueList<ContentFile> Files) : ContainersChange
{
    public override string Summary => $"create container {Name}{OnHost}";
}

/// <summary>Starts a container; its made files are written again when they are gone.</summary>
public sealed record StartContainer(ContainerTarget Target, ValueList<ContentFile> Files) : ContainersChange
{
    public override string Summary => $"start container {Target.Name}{OnHost}";
}

/// <summary>Asks a container to end, and ends it after a grace.</summary>
/// <param name="Target">Which; one that is not there is fine.</param>
/// <param name="Grace">How long it may take by itself.</param>
/// <param name="Spare">Id of another container that must still be there, or nothing happens; it is never stopped itself, whatever it is called by now. Empty: always. Guards the way back.</param>
public sealed record StopContainer(ContainerTarget Target, TimeSpan Grace, string Spare = "") : ContainersChange
{
    public override string Summary => $"stop container {Target.Name}{OnHost}";
}

/// <summary>Stops and starts a container.</summary>
public sealed record RestartContainer(ContainerTarget Target, TimeSpan Grace) : ContainersChange
{
    public override string Summary => $"restart container {Target.Name}{OnHost}";
}

/// <summary>Lets a paused container go on.</summary>
public sealed record UnpauseContainer(ContainerTarget Target) : ContainersChange
{
    public override string Summary => $"unpause container {Target.Name}{OnHost}";
}

/// <summary>Gives a container another name.</summary>
/// <param name="Target">Which.</param>
/// <param name="NewName">Its name afterwards.</param>
/// <param name="OnlyFrom">Nothing happens when it has another name than this; empty: whatever its name.</param>
public sealed record RenameContainer(ContainerTarget Target, string NewName, string OnlyFrom = "") : ContainersChange
{
    public override string Summary => $"rename container {Target.Name} to {NewName}{OnHost}";
}

/// <summary>Changes limits and restart policy of a container while it lives.</summary>
public sealed record UpdateContainer(ContainerTarget Target, ContainerLimits Limits) : ContainersChange
{
    public override string Summary => $"update container {Target.Name}{OnHost}";
}

/// <summary>Removes a container. Its volumes stay.</summary>
/// <param name="Target">Which.</param>
/// <param name="OnlyWhile">Id of another container that must still be there, or nothing happens; it is never removed itself. Empty: always. Guards the way back.</param>
public sealed record RemoveContainer(ContainerTarget Target, string OnlyWhile = "") : ContainersChange
{
    public override string Summary => $"remove container {Target.Name}{OnHost}";
}

/// <summary>Attaches a container to a network.</summary>
public sealed record ConnectNetwork(ContainerTarget Target, string Network, EndpointSettings Settings) : ContainersChange
{
    public override string Summary => $"connect {Target.Name} to {Network}{OnHost}";
}

/// <summary>Detaches a container from a network.</summary>
public sealed record DisconnectNetwork(ContainerTarget Target, string Network) : ContainersChange
{
    public override string Summary => $"disconnect {Target.Name} from {Network}{OnHost}";
}

/// <summary>Waits until a container is well, and fails with its last words when it does not become so in time. Changes nothing.</summary>
/// <param name="Target">Which.</param>
/// <param name="Condition">Started: runs for a moment without falling over, and is healthy where it has a check; the others as in Compose.</param>
public sealed record WaitUntilWell(ContainerTarget Target, DependencyCondition Condition) : ContainersChange
{
    public override string Summary => $"wait until {Target.Name} {Condition switch { DependencyCondition.CompletedSuccessfully => "has completed", DependencyCondition.Healthy => "is healthy", _ => "is well" }}{OnHost}";
}
