using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Tests.Planes.Containers;

internal sealed partial class ModelEngine
{
    public Task<string> CreateContainerAsync(string name, string platform, ContainerBody body, CancellationToken cancellationToken) => Write($"create container {name}", () =>
    {
        var image = Images.GetValueOrDefault(body.Image ?? "") ?? throw No(MachineFailure.NotFound, $"No such image: {body.Image}");
        return Add(name, body, image).Id;
    });

    public Task StartContainerAsync(string reference, CancellationToken cancellationToken) => Write($"start container {Find(reference)?.Name}", () => Start(Need(reference)));

    public Task StopContainerAsync(string reference, TimeSpan grace, CancellationToken cancellationToken) => Write($"stop container {Find(reference)?.Name}", () =>
    {
        var container = Need(reference);
        if (container.IsActive)
        {
            (container.Status, container.ExitCode, container.Health) = ("exited", 0, "");
        }

        return true;
    });

    public Task RestartContainerAsync(string reference, TimeSpan grace, CancellationToken cancellationToken) => Write($"restart container {Find(reference)?.Name}", () =>
    {
        var container = Need(reference);
        container.Status = "exited";
        return Start(container);
    });

    public Task KillContainerAsync(string reference, string signal, CancellationToken cancellationToken) => Write($"kill container {Find(reference)?.Name}", () =>
    {
        var container = Need(reference);
        (container.Status, container.ExitCode, container.Health) = container.IsActive ? ("exited", 137, "") : throw No(MachineFailure.Conflict, "It is not running.");
        return true;
    });

    public Task UnpauseContainerAsync(string reference, CancellationToken cancellationToken) => Write($"unpause container {Find(reference)?.Name}", () =>
    {
        var container = Need(reference);
        container.Status = container.Status == "paused" ? "running" : throw No(MachineFailure.Failed, "It is not paused.");
        return true;
    });

    public Task RenameContainerAsync(string reference, string name, CancellationToken cancellationToken) => Write($"rename container {Find(reference)?.Name} {name}", () =>
    {
        var container = Need(reference);
        container.Name = Find(name) is null ? name : throw No(MachineFailure.Conflict, $"The container name \"/{name}\" is already in use.");
        return true;
    });

    public Task UpdateContainerAsync(string reference, ContainerLimits limits, CancellationToken cancellationToken) => Write($"update container {Find(reference)?.Name}", () =>
    {
        var container = Need(reference);
        var now = container.HostConfig;
        container.HostConfig = now with
        {
            NanoCpus = limits.NanoCpus ?? now.NanoCpus,
            CpuShares = limits.CpuShares ?? now.CpuShares,
            CpuPeriod = limits.CpuPeriod ?? now.CpuPeriod,
            CpuQuota = limits.CpuQuota ?? now.CpuQuota,
            CpusetCpus = limits.CpusetCpus ?? now.CpusetCpus,
            Memory = limits.Memory ?? now.Memory,
            MemoryReservation = limits.MemoryReservation ?? now.MemoryReservation,
            MemorySwap = limits.MemorySwap ?? now.MemorySwap,
            PidsLimit = limits.PidsLimit ?? now.PidsLimit,
            RestartPolicy = limits.RestartPolicy ?? now.RestartPolicy,
        };
        return true;
    });

    public Task RemoveContainerAsync(string reference, RemovalMode mode, CancellationToken cancellationToken) => Write($"remove container {Find(reference)?.Name}", () =>
    {
        var container = Need(reference);
        return container.IsActive && mode != RemovalMode.Forced ? throw No(MachineFailure.Conflict, "You cannot remove a running container.") : Containers.Remove(container);
    });

    public Task<int> WaitContainerAsync(string reference, CancellationToken cancellationToken) => Read(() => Need(reference).ExitCode);

    public Task<string> CreateNetworkAsync(NetworkBody body, CancellationToken cancellationToken) => Write($"create network {body.Name}", () =>
    {
        if (Networks.Exists(network => network.Body.Name == body.Name))
        {
            throw No(MachineFailure.Conflict, $"network with name {body.Name} already exists");
        }

        var created = new ModelNetwork(NewId(), body);
        Networks.Add(created);
        return created.Id;
    });

    public Task RemoveNetworkAsync(string reference, CancellationToken cancellationToken) => Write($"remove network {FindNetwork(reference)?.Body.Name}", () =>
    {
        var network = NeedNetwork(reference);
        return Containers.Exists(container => container.IsActive && container.Networks.ContainsKey(network.Id))
            ? throw No(MachineFailure.Denied, $"network {network.Body.Name} has active endpoints") : Networks.Remove(network);
    });

    public Task ConnectNetworkAsync(string network, string container, EndpointSettings settings, CancellationToken cancellationToken) => Write($"connect {Find(container)?.Name} {network}", () =>
    {
        var there = NeedNetwork(network);
        return Need(container).Networks.TryAdd(there.Id, settings) ? true : throw No(MachineFailure.Denied, "endpoint already exists in network");
    });

    public Task DisconnectNetworkAsync(string network, string container, CancellationToken cancellationToken) => Write($"disconnect {Find(container)?.Name} {network}", () =>
        Need(container).Networks.Remove(NeedNetwork(network).Id) ? true : throw No(MachineFailure.Denied, "container is not connected to the network"));

    public Task CreateVolumeAsync(VolumeBody body, CancellationToken cancellationToken) => Write($"create volume {body.Name}", () =>
        Volumes.TryAdd(body.Name, new() { Name = body.Name, Driver = body.Driver ?? "local", Options = body.DriverOpts, Labels = body.Labels }));

    public Task PullImageAsync(PullRequest request, IProgress<PullProgress> progress, CancellationToken cancellationToken) => Write($"pull image {request.Reference}", () =>
    {
        var image = Registry.GetValueOrDefault(request.Reference) ?? throw No(MachineFailure.NotFound, $"manifest for {request.Reference} not found");
        progress.Report(new($"pulling {request.Reference}", image.Size, image.Size));
        Images[request.Reference] = Images[image.Id] = image;
        return true;
    });

    public Task BuildImageAsync(BuildRequest request, Func<Stream, CancellationToken, Task> writeContext, IProgress<string> progress, CancellationToken cancellationToken) =>
        Write($"build image {request.Tags[0]}", () =>
        {
            progress.Report("Step 1/1");
            var image = new ModelImage(ImageId(request.Labels.ToString() + request.Tags), new() { Cmd = ["run"], Labels = request.Labels }, ModelBehaviour.Runs);
            foreach (var tag in request.Tags.Append(image.Id))
            {
                Images[tag] = image;
            }

            return true;
        });

    public Task TagImageAsync(string source, string repository, string tag, CancellationToken cancellationToken) =>
        Write($"tag image {source} {repository}:{tag}", () => Images[$"{repository}:{tag}"] = Images[source]);

    public Task<string> CreateExecAsync(string container, ExecBody body, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Stream> StartExecAsync(string id, bool hasTerminal, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ExecInspection> InspectExecAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ResizeExecAsync(string id, int rows, int columns, CancellationToken cancellationToken) => throw new NotSupportedException();

    private Task<T> Write<T>(string call, Func<T> write)
    {
        lock (gate)
        {
            try
            {
                Faults.Begin(call);
                var result = Shared is null ? write() : Shared.Call(call, write);
                Faults.End(call);
                return Task.FromResult(result);
            }
            catch (Exception exception)
            {
                return Task.FromException<T>(exception);
            }
        }
    }

    private ModelContainer Add(string name, ContainerBody body, ModelImage image)
    {
        if (Find(name) is not null)
        {
            throw No(MachineFailure.Conflict, $"Conflict. The container name \"/{name}\" is already in use.");
        }

        if (body.NetworkingConfig?.EndpointsConfig.Count > 1)
        {
            throw No(MachineFailure.Failed, "Container cannot be connected to network endpoints");
        }

        var hostConfig = body.HostConfig ?? new();
        var container = new ModelContainer
        {
            Id = NewId(),
            Name = name,
            Image = image,
            Mounts = MountsOf(hostConfig, image),
            HostConfig = hostConfig,
            Config = body with
            {
                HostConfig = null,
                NetworkingConfig = null,
                Env = [.. body.Env ?? [], .. (image.Config.Env ?? []).Where(pair => !(body.Env ?? []).Any(own => own.Split('=')[0] == pair.Split('=')[0]))],
                Cmd = body.Cmd ?? (body.Entrypoint is null ? image.Config.Cmd : null),
                Entrypoint = body.Entrypoint ?? image.Config.Entrypoint,
                Labels = ModelLabels.Merge(image.Config.Labels, body.Labels),
                Healthcheck = body.Healthcheck ?? image.Config.Healthcheck,
                Volumes = image.Config.Volumes,
                StopSignal = body.StopSignal ?? image.Config.StopSignal,
                WorkingDir = body.WorkingDir ?? image.Config.WorkingDir,
                User = body.User ?? image.Config.User,
            },
        };
        foreach (var mount in container.Mounts.Where(mount => mount is { Type: "volume", Name: not null } && !Volumes.ContainsKey(mount.Name)))
        {
            Volumes[mount.Name ?? ""] = new() { Name = mount.Name ?? "", Driver = "local" };
        }

        if (body.NetworkingConfig is { EndpointsConfig: { Count: 1 } only })
        {
            container.Networks[FindNetwork(only.Keys.First())?.Id ?? only.Keys.First()] = only.Values.First();
        }
        else if (hostConfig.NetworkMode is null or "default" or "bridge" or "host" or "none")
        {
            container.Networks[NeedNetwork(hostConfig.NetworkMode is "host" or "none" ? hostConfig.NetworkMode : "bridge").Id] = new();
        }

        Containers.Add(container);
        return container;
    }

    private List<MountPoint> MountsOf(HostConfig hostConfig, ModelImage image)
    {
        var mounts = new List<MountPoint>();
        foreach (var mount in hostConfig.Mounts ?? [])
        {
            mounts.Add(mount.Type == "volume"
                ? new() { Type = "volume", Name = mount.Source ?? $"anonymous-{++nextId}", Destination = mount.Target, RW = mount.ReadOnly != true }
                : new() { Type = mount.Type, Source = mount.Source, Destination = mount.Target, RW = mount.ReadOnly != true });
        }

        foreach (var parts in (hostConfig.Binds ?? []).Select(bind => bind.Split(':')))
        {
            mounts.Add(new() { Type = "bind", Source = parts[0], Destination = parts[1], RW = parts.Length < 3 || !parts[2].Split(',').Contains("ro") });
        }

        foreach (var path in (image.Config.Volumes ?? ValueMap<EmptyObject>.Empty).Keys.Where(path => !mounts.Exists(mount => mount.Destination == path)))
        {
            mounts.Add(new() { Type = "volume", Name = $"anonymous-{++nextId}", Destination = path, RW = true });
        }

        return mounts;
    }

    private bool Start(ModelContainer container)
    {
        if (container.IsActive)
        {
            return false;
        }

        foreach (var id in container.Networks.Keys)
        {
            NeedNetwork(id);
        }

        if (container.HostConfig.NetworkMode is { } mode && mode.StartsWith("container:", StringComparison.Ordinal) && !Need(mode["container:".Length..]).IsActive)
        {
            throw No(MachineFailure.Conflict, "cannot join network of a non running container");
        }

        var ports = Ports(container);
        if (Containers.Find(other => other != container && other.IsActive && Ports(other).Overlaps(ports)) is { } holder)
        {
            throw No(MachineFailure.Conflict, $"Bind failed: port is already allocated by {holder.Name}");
        }

        container.Starts++;
        (container.Status, container.ExitCode) = container.Image.Behaviour switch
        {
            ModelBehaviour.Completes => ("exited", 0),
            ModelBehaviour.Fails => (container.HostConfig.RestartPolicy?.Name is "always" or "unless-stopped" ? "restarting" : "exited", 1),
            _ => ("running", 0),
        };
        container.Health = container.Status == "running" && container.Config.Healthcheck is { Test: not ["NONE"] } ? "starting" : "";
        return true;
    }

    private static HashSet<string> Ports(ModelContainer container) => (container.HostConfig.PortBindings ?? ValueMap<ValueList<PortBinding>>.Empty)
        .SelectMany(port => port.Value.Where(binding => binding.HostPort is not (null or "" or "0")).Select(binding => $"{binding.HostPort}/{port.Key.Split('/')[1]}")).ToHashSet();
}
