using System.Collections.Concurrent;
using System.Text;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>The only effects of this plane: one call to an engine for each change, after a look whether what it is about is still ours.</summary>
/// <param name="connect">Gives the engine of a host; a reader only where nothing may be written.</param>
/// <param name="secrets">Values, at the moment of use.</param>
/// <param name="files">Where made files are.</param>
/// <param name="images">Registry credentials and build contexts.</param>
/// <param name="time">For waiting.</param>
public sealed class ContainersDriver(Func<string, Host, IEngineApi> connect, ISecretReader secrets, MadeFileStore files, ImageDriver images, TimeProvider time)
{
    private const int UsualMode = 0x124;

    private readonly ConcurrentDictionary<string, IEngineApi> engines = new(StringComparer.Ordinal);

    /// <summary>Names of the home's secrets, so that their values can be kept out of what containers say.</summary>
    private readonly ConcurrentDictionary<string, bool> used = new(StringComparer.Ordinal);

    /// <summary>Knows the engines of these hosts from now on.</summary>
    public void Open(ValueMap<Host> hosts)
    {
        foreach (var (name, host) in hosts)
        {
            engines.GetOrAdd(name, key => connect(key, host));
        }
    }

    public async Task<ContainersObserved> ObserveAsync(ContainersDesired desired, CancellationToken cancellationToken)
    {
        Open(desired.Hosts);
        var hosts = await Task.WhenAll(desired.Hosts.Keys.Select(async name =>
            KeyValuePair.Create(name, await new ObservationDriver(engines[name], images).ObserveAsync(desired, name, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        var names = desired.Containers.SelectMany(ContentDigest.Secrets).Distinct().ToArray();
        foreach (var name in names)
        {
            used[name] = true;
        }

        var contexts = ImageDriver.Contexts(desired);
        return new()
        {
            Hosts = hosts.ToValueMap(),
            SecretDigests = names.Select(name => (name, Digest: secrets.Digest(name))).Where(secret => secret.Digest is not null).ToValueMap(secret => secret.name, secret => secret.Digest ?? ""),
            ContextDigests = contexts.Where(context => context.Problem.Length == 0).ToValueMap(context => context.Reference, context => context.Digest),
            ContextProblems = contexts.Where(context => context.Problem.Length > 0).ToValueMap(context => context.Reference, context => context.Problem),
        };
    }

    public async Task ApplyAsync(ContainersChange change, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var engine = Writer(change.Host);
        switch (change)
        {
            case PullImage pull:
                await images.PullAsync(engine, pull, progress, cancellationToken).ConfigureAwait(false);
                break;
            case BuildImage build:
                await images.BuildAsync(engine, build, progress, cancellationToken).ConfigureAwait(false);
                break;
            case CreateNetwork create:
                if (!IsThere(create.Body.Name, create.Body.Labels, (await engine.InspectNetworkAsync(create.Body.Name, cancellationToken).ConfigureAwait(false))?.Labels))
                {
                    await engine.CreateNetworkAsync(create.Body, cancellationToken).ConfigureAwait(false);
                }

                break;
            case RemoveNetwork remove when await engine.InspectNetworkAsync(remove.Id, cancellationToken).ConfigureAwait(false) is { } network:
                Check(network.Name, network.Labels, remove.Home, remove.Label);
                await engine.RemoveNetworkAsync(remove.Id, cancellationToken).ConfigureAwait(false);
                break;
            case CreateVolume create:
                if (await engine.InspectVolumeAsync(create.Body.Name, cancellationToken).ConfigureAwait(false) is not { } volume || !IsThere(create.Body.Name, create.Body.Labels, volume.Labels ?? ValueMap<string>.Empty))
                {
                    await engine.CreateVolumeAsync(create.Body, cancellationToken).ConfigureAwait(false);
                }

                break;
            case CreateContainer create:
                await CreateAsync(engine, create, cancellationToken).ConfigureAwait(false);
                break;
            case StartContainer start:
                await StartAsync(engine, start, cancellationToken).ConfigureAwait(false);
                break;
            case StopContainer stop when await FindAsync(engine, stop.Target, cancellationToken).ConfigureAwait(false) is { } there && await MayGoAsync(engine, there, stop.Spare, cancellationToken).ConfigureAwait(false):
                await engine.StopContainerAsync(there.Id, stop.Grace, cancellationToken).ConfigureAwait(false);
                break;
            case RestartContainer restart:
                await engine.RestartContainerAsync((await NeedAsync(engine, restart.Target, cancellationToken).ConfigureAwait(false)).Id, restart.Grace, cancellationToken).ConfigureAwait(false);
                break;
            case UnpauseContainer unpause when await NeedAsync(engine, unpause.Target, cancellationToken).ConfigureAwait(false) is { State.Status: "paused" } there:
                await engine.UnpauseContainerAsync(there.Id, cancellationToken).ConfigureAwait(false);
                break;
            case RenameContainer rename when await NeedAsync(engine, rename.Target, cancellationToken).ConfigureAwait(false) is { } there
                && there.Name != "/" + rename.NewName && (rename.OnlyFrom.Length == 0 || there.Name == "/" + rename.OnlyFrom):
                await engine.RenameContainerAsync(there.Id, rename.NewName, cancellationToken).ConfigureAwait(false);
                break;
            case UpdateContainer update:
                await engine.UpdateContainerAsync((await NeedAsync(engine, update.Target, cancellationToken).ConfigureAwait(false)).Id, update.Limits, cancellationToken).ConfigureAwait(false);
                break;
            case RemoveContainer remove:
                await RemoveAsync(engine, remove, cancellationToken).ConfigureAwait(false);
                break;
            case ConnectNetwork connectTo:
                await ConnectAsync(engine, connectTo, cancellationToken).ConfigureAwait(false);
                break;
            case DisconnectNetwork from when await FindAsync(engine, from.Target, cancellationToken).ConfigureAwait(false) is { } there && there.NetworkSettings.Networks?.ContainsKey(from.Network) == true:
                await engine.DisconnectNetworkAsync(from.Network, there.Id, cancellationToken).ConfigureAwait(false);
                break;
            case WaitUntilWell wait:
                await new WaitingDriver(engine, files, () => used.Keys.Select(secrets.Read).OfType<string>(), time).WaitAsync(wait, progress, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Whose files they are: told by the labels alone, so that a later start or removal finds them.</summary>
    internal static string FilesFolder(ValueMap<string>? labels) => labels is null ? "" :
        $"{labels.GetValueOrDefault(OwnLabels.Home, "none")}/{labels.GetValueOrDefault(OwnLabels.Digest, "none")}-{labels.GetValueOrDefault(OwnLabels.Instance, "1")}";

    /// <exception cref="MachineException">It is there and does not carry what it must.</exception>
    internal static async Task<ContainerInspection?> FindAsync(IEngineApi engine, ContainerTarget target, CancellationToken cancellationToken)
    {
        var there = await engine.InspectContainerAsync(target.Reference, cancellationToken).ConfigureAwait(false);
        if (there is not null && target.Home.Length > 0)
        {
            Check(there.Name.TrimStart('/'), there.Config.Labels, target.Home, target.Label);
        }
        else if (there is not null && there.Id != target.Reference)
        {
            throw NotOurs(target.Name);
        }

        return there;
    }

    private static async Task<ContainerInspection> NeedAsync(IEngineApi engine, ContainerTarget target, CancellationToken cancellationToken) =>
        await FindAsync(engine, target, cancellationToken).ConfigureAwait(false)
        ?? throw new MachineException($"find container {target.Name}", $"The container \"{target.Name}\" is no longer there.", "Try: homestack plan", MachineFailure.NotFound);

    private static void Check(string name, ValueMap<string>? labels, string home, string label)
    {
        if (labels?.GetValueOrDefault(OwnLabels.Home) != home || labels.GetValueOrDefault(OwnLabels.Resource) != label)
        {
            throw NotOurs(name);
        }
    }

    /// <summary>On the way back the new container goes only while the old one is there to take its place: a removal whose answer was lost may have been carried out.</summary>
    private static async Task<bool> MayGoAsync(IEngineApi engine, ContainerInspection there, string old, CancellationToken cancellationToken) =>
        old.Length == 0 || (there.Id != old && await engine.InspectContainerAsync(old, cancellationToken).ConfigureAwait(false) is not null);

    private static MachineException NotOurs(string name) =>
        new($"find {name}", $"\"{name}\" does not carry this home's label, so it is not touched.", "Try: homestack plan", MachineFailure.Conflict);

    /// <summary>The very thing is there already, from a run that was cut off.</summary>
    private static bool IsThere(string name, ValueMap<string>? wanted, ValueMap<string>? there)
    {
        if (there is not null && new[] { OwnLabels.Home, OwnLabels.Resource, OwnLabels.Digest }.Any(label => there.GetValueOrDefault(label) != wanted?.GetValueOrDefault(label)))
        {
            throw NotOurs(name);
        }

        return there is not null;
    }

    private IEngineWriter Writer(string host) =>
        engines.TryGetValue(host, out var engine) && engine is IEngineWriter writer ? writer
        : throw new MachineException($"change {host}", engine is null ? $"The engine of host \"{host}\" was not looked at yet." : "This plan was made by a reader, which cannot change anything.", "Try: homestack plan");

    private string Secret(string name) =>
        secrets.Read(name) ?? throw new MachineException($"read secret {name}", $"The secret \"{name}\" is not set.", $"Try: homestack secret set {name}", MachineFailure.NotFound);

    private async Task CreateAsync(IEngineWriter engine, CreateContainer create, CancellationToken cancellationToken)
    {
        var there = await engine.InspectContainerAsync(create.Name, cancellationToken).ConfigureAwait(false);
        if (there is not null && IsThere(create.Name, create.Body.Labels, there.Config.Labels ?? ValueMap<string>.Empty))
        {
            return;
        }

        var host = create.Body.HostConfig ?? new();
        var made = Ensure(create.Body.Labels, create.Files);
        var mounts = (host.Mounts ?? []).Concat(made).ToValueList();
        await engine.CreateContainerAsync(create.Name, create.Platform, create.Body with
        {
            Env = create.Environment.Count == 0 ? null : create.Environment.Select(variable => $"{variable.Key}={variable.Value.Reveal(Secret)}").ToValueList(),
            HostConfig = host with
            {
                Mounts = mounts.Count > 0 ? mounts : null,
                NetworkMode = await SharedAsync(engine, host.NetworkMode, create.Body.Labels, cancellationToken).ConfigureAwait(false),
                PidMode = await SharedAsync(engine, host.PidMode, create.Body.Labels, cancellationToken).ConfigureAwait(false),
                IpcMode = await SharedAsync(engine, host.IpcMode, create.Body.Labels, cancellationToken).ConfigureAwait(false),
                VolumesFrom = host.VolumesFrom is null ? null
                    : (await Task.WhenAll(host.VolumesFrom.Select(from => VolumesFromAsync(engine, from, create.Body.Labels, cancellationToken))).ConfigureAwait(false)).ToValueList(),
            },
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A namespace of a service becomes that of the container which the service has now.</summary>
    private static async Task<string?> SharedAsync(IEngineApi engine, string? mode, ValueMap<string>? labels, CancellationToken cancellationToken) =>
        mode?.StartsWith("service:", StringComparison.Ordinal) == true ? "container:" + await ContainerOfAsync(engine, mode, labels, cancellationToken).ConfigureAwait(false) : mode;

    private static async Task<string> VolumesFromAsync(IEngineApi engine, string from, ValueMap<string>? labels, CancellationToken cancellationToken)
    {
        if (!from.StartsWith("service:", StringComparison.Ordinal))
        {
            return from;
        }

        var end = from.IndexOf(':', "service:".Length);
        return await ContainerOfAsync(engine, end < 0 ? from : from[..end], labels, cancellationToken).ConfigureAwait(false) + (end < 0 ? "" : from[end..]);
    }

    private static async Task<string> ContainerOfAsync(IEngineApi engine, string label, ValueMap<string>? labels, CancellationToken cancellationToken)
    {
        var home = labels?.GetValueOrDefault(OwnLabels.Home);
        var all = await engine.ListContainersAsync($"{OwnLabels.Resource}={label}", cancellationToken).ConfigureAwait(false);
        return all.Where(one => one.Labels?.GetValueOrDefault(OwnLabels.Home) == home)
            .OrderByDescending(one => one.State == "running").ThenBy(one => one.Names.Any(name => name.EndsWith("-old", StringComparison.Ordinal)))
            .ThenBy(one => one.Labels?.GetValueOrDefault(OwnLabels.Instance), StringComparer.Ordinal).FirstOrDefault()?.Id
            ?? throw new MachineException($"find {label}", $"There is no container of {label} to share with.", "Try: homestack plan", MachineFailure.NotFound);
    }

    private ValueList<MountBody> Ensure(ValueMap<string>? labels, ValueList<ContentFile> wanted) => wanted.Select((file, number) =>
    {
        var path = files.PathOf(FilesFolder(labels), number);
        files.Ensure(path, Encoding.UTF8.GetBytes(file.Content.Reveal(Secret)), file.Owner?.UserId ?? 0, file.Owner?.GroupId ?? 0, file.Owner?.Mode ?? UsualMode);
        return new MountBody { Type = "bind", Source = path, Target = file.Target, ReadOnly = true };
    }).ToValueList();

    private async Task StartAsync(IEngineWriter engine, StartContainer start, CancellationToken cancellationToken)
    {
        var there = await NeedAsync(engine, start.Target, cancellationToken).ConfigureAwait(false);
        if (there.State.Status is not ("running" or "restarting"))
        {
            Ensure(there.Config.Labels, start.Files);
            await engine.StartContainerAsync(there.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveAsync(IEngineWriter engine, RemoveContainer remove, CancellationToken cancellationToken)
    {
        if (await FindAsync(engine, remove.Target, cancellationToken).ConfigureAwait(false) is not { } there
            || !await MayGoAsync(engine, there, remove.OnlyWhile, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await engine.RemoveContainerAsync(there.Id, RemovalMode.Forced, cancellationToken).ConfigureAwait(false);
        var digest = there.Config.Labels?.GetValueOrDefault(OwnLabels.Digest) ?? "";
        if (digest.Length > 0 && (await engine.ListContainersAsync($"{OwnLabels.Digest}={digest}", cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            files.Forget(FilesFolder(there.Config.Labels));
        }
    }

    private static async Task ConnectAsync(IEngineWriter engine, ConnectNetwork connect, CancellationToken cancellationToken)
    {
        var there = await NeedAsync(engine, connect.Target, cancellationToken).ConfigureAwait(false);
        var network = await engine.InspectNetworkAsync(connect.Network, cancellationToken).ConfigureAwait(false)
            ?? throw new MachineException($"connect {connect.Network}", $"The network \"{connect.Network}\" is not there.", "Try: homestack plan", MachineFailure.NotFound);
        if (there.NetworkSettings.Networks?.GetValueOrDefault(connect.Network)?.NetworkId != network.Id)
        {
            await engine.ConnectNetworkAsync(network.Id, there.Id, connect.Settings, cancellationToken).ConfigureAwait(false);
        }
    }
}
