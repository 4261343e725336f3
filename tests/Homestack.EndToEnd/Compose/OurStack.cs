using System.Globalization;
using Homestack.Blueprints;
using Homestack.Blueprints.Stacks;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Manifests;
using Homestack.Manifests.Compose;

namespace Homestack.EndToEnd.Compose;

/// <summary>What we make of a file, in the same lines as <see cref="ReferenceStack"/>.</summary>
internal sealed class OurStack
{
    private readonly List<string> lines = [];
    private readonly StackSpec stack;
    private readonly StackBlueprint built;

    private OurStack(StackSpec stack, StackBlueprint built)
    {
        this.stack = stack;
        this.built = built;
    }

    public static IReadOnlyList<string> Read(string file, IReadOnlyDictionary<string, string> environment)
    {
        var diagnostics = new DiagnosticBag();
        var folder = Path.GetDirectoryName(file) ?? "/";
        var loaded = StackLoader.Load(new DiskSourceReader(folder), Path.GetFileName(file), "s", new LoadOptions(environment.ToValueMap(), []), diagnostics);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);

        // Publishing follows our own rules unless the engine's are asked for, as here.
        var span = SourceSpan.StartOf(new("test", ""));
        var stack = Assert.IsType<StackSpec>(loaded);
        stack = stack with { Services = stack.Services.ToValueMap(entry => entry.Key, entry => entry.Value with { Extension = new() { Publish = new("engine", span) } }) };
        var built = StackBuilder.Build(stack, new("h", folder, "local"), diagnostics);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        var ours = new OurStack(stack, built);
        foreach (var service in built.Services.Values)
        {
            ours.ReadService(service, stack.Services[service.Name]);
        }

        ours.ReadShared();
        ours.lines.Sort(StringComparer.Ordinal);
        return ours.lines;
    }

    private void ReadService(Service service, ServiceSpec spec)
    {
        var (name, container) = (service.Name, service.Container);
        Add($"{name}.image", spec.Image is null ? null : service.Image.Reference.ToString());
        Add($"{name}.container_name", spec.ContainerName?.Value);
        Add($"{name}.user", container.User);
        Add($"{name}.working_dir", container.WorkingDirectory);
        Add($"{name}.hostname", container.Hostname);
        Add($"{name}.domainname", container.DomainName);
        Add($"{name}.stop_signal", container.StopSignal);
        Add($"{name}.network_mode", spec.NetworkMode?.Value);
        Add($"{name}.pid", container.Pid);
        Add($"{name}.ipc", container.Ipc);
        Add($"{name}.userns_mode", container.UsernsMode);
        Add($"{name}.runtime", container.Runtime);
        Add($"{name}.mac_address", container.MacAddress);
        Add($"{name}.cpuset", container.Resources.CpuSet);
        Add($"{name}.privileged", container.Privileged ? "true" : null);
        Add($"{name}.read_only", container.ReadOnly ? "true" : null);
        Add($"{name}.tty", container.Tty ? "true" : null);
        Add($"{name}.stdin_open", container.StdinOpen ? "true" : null);
        Add($"{name}.init", container.Init == true ? "true" : null);
        Add($"{name}.mem_limit", Number(container.Resources.Memory?.Bytes));
        Add($"{name}.mem_reservation", Number(container.Resources.MemoryReservation?.Bytes));
        Add($"{name}.memswap_limit", Number(container.Resources.MemorySwap?.Bytes));
        Add($"{name}.shm_size", Number(container.SharedMemory?.Bytes));
        Add($"{name}.cpu_shares", Number(container.Resources.CpuShares));
        Add($"{name}.pids_limit", Number(container.Resources.Pids));
        Add($"{name}.oom_score_adj", Number(container.OomScoreAdjustment));
        Add($"{name}.mem_swappiness", Number(container.Resources.MemorySwappiness));
        Add($"{name}.cpus", container.Resources.NanoCpus is { } cpus ? ((double)cpus / 1_000_000_000).ToString(CultureInfo.InvariantCulture) : null);
        Add($"{name}.command", container.Command is { } command ? string.Join('|', command) : null);
        Add($"{name}.entrypoint", container.Entrypoint is { } entrypoint ? string.Join('|', entrypoint) : null);
        AddMap($"{name}.environment", container.Environment.ToValueMap(entry => entry.Key, entry => entry.Value.Reveal(_ => "")));
        AddMap($"{name}.labels", container.Labels);
        AddMap($"{name}.sysctls", container.Sysctls);
        AddList($"{name}.cap_add", container.CapAdd);
        AddList($"{name}.cap_drop", container.CapDrop);
        AddList($"{name}.devices", container.Devices.Select(device => $"{device.Source}:{device.Target}:{device.Permissions}"));
        AddList($"{name}.dns", container.Dns);
        AddList($"{name}.dns_search", container.DnsSearch);
        AddList($"{name}.extra_hosts", container.ExtraHosts);
        AddList($"{name}.group_add", container.GroupAdd);
        AddList($"{name}.security_opt", container.SecurityOpt);
        AddList($"{name}.tmpfs", container.Mounts.Where(mount => mount.Kind == MountKind.Tmpfs && spec.Tmpfs.Any(written => written.Value.Split(':')[0] == mount.Target))
            .Select(mount => mount.TmpfsOptions.Length == 0 ? mount.Target : $"{mount.Target}:{mount.TmpfsOptions}"));
        AddList($"{name}.volumes_from", container.VolumesFrom.Select(from => from["s/".Length..]));
        AddList($"{name}.expose", container.Expose.Select(port => port.Split('/')[0]));
        AddList($"{name}.links", spec.Links.Select(link => link.Value));
        Add($"{name}.restart", spec.Restart?.Value ?? (spec.Deploy?.RestartPolicy is { } policy ? $"{policy.Condition}:{policy.MaximumAttempts}" : null));
        Add($"{name}.stop_grace_period", spec.Identity.StopGracePeriod is null ? null : container.StopGracePeriod.ToString());
        Add($"{name}.logging", container.Logging?.Driver);
        AddMap($"{name}.logging", container.Logging?.Options ?? ValueMap<string>.Empty);
        AddMap($"{name}.ulimits", container.Ulimits.ToValueMap(entry => entry.Key, entry => $"{entry.Value.Soft}:{entry.Value.Hard}"));
        AddMap($"{name}.depends_on", spec.DependsOn.ToValueMap(entry => entry.Key, entry => entry.Value.Condition));
        ReadHealthcheck(name, container.Healthcheck);
        foreach (var (key, network) in container.Networks)
        {
            var own = spec.Networks is { } networks ? networks[key["s/".Length..]].Aliases : [];
            Add($"{name}.networks", key["s/".Length..]);
            AddList($"{name}.networks.{key["s/".Length..]}.aliases", network.Aliases.Where(own.Contains));
            Add($"{name}.networks.{key["s/".Length..]}.ipv4_address", network.Ipv4Address);
        }

        AddList($"{name}.ports", container.Ports.Select(port => Facts.Port(port.HostAddress, port.HostPortEnd > port.HostPort ? $"{port.HostPort}-{port.HostPortEnd}" : $"{port.HostPort}",
            $"{port.ContainerPort}", port.Protocol)));
        foreach (var mount in container.Mounts.Where(mount => spec.Volumes.Any(volume => volume.Target.Value == mount.Target)))
        {
            var kind = mount.Kind.ToString().ToLowerInvariant();
            Add($"{name}.volumes", Facts.Mount(kind, kind == "volume" && mount.Source.Length > 0 ? mount.Source["s/".Length..] : mount.Source, mount.Target, mount.IsReadOnly));
        }

        AddList($"{name}.secrets", spec.Secrets.Select(use => $"{use.Source.Value} → {use.Target}"));
        AddList($"{name}.configs", spec.Configs.Select(use => $"{use.Source.Value} → {use.Target}"));
        Add($"{name}.replicas", spec.Deploy?.Replicas is null ? null : Number(service.Instances));
        AddList($"{name}.gpu", container.DeviceRequests.Select(request => $"{request.Driver} {request.Count} {string.Join(',', request.Capabilities)}"));
        Add($"{name}.build.context", service.Image.Build?.Context);
        Add($"{name}.build.dockerfile", spec.Build?.Dockerfile);
        Add($"{name}.build.target", spec.Build?.Target);
        AddMap($"{name}.build.args", service.Image.Build?.Args ?? ValueMap<string>.Empty);
        AddMap($"{name}.build.labels", service.Image.Build?.Labels ?? ValueMap<string>.Empty);
    }

    private void ReadHealthcheck(string name, Healthcheck? check)
    {
        Add($"{name}.healthcheck.disable", check?.IsDisabled == true ? "true" : null);
        Add($"{name}.healthcheck.test", check is { Test.Count: > 0 } ? string.Join('|', check.Test) : null);
        Add($"{name}.healthcheck.retries", Number(check?.Retries));
        Add($"{name}.healthcheck.interval", check?.Interval?.ToString());
        Add($"{name}.healthcheck.timeout", check?.Timeout?.ToString());
        Add($"{name}.healthcheck.start_period", check?.StartPeriod?.ToString());
    }

    private void ReadShared()
    {
        foreach (var (key, spec) in stack.Networks)
        {
            var network = built.Networks[$"s/{key}"];
            Add("networks", key);
            Add($"networks.{key}.name", spec.Name is null && !network.IsExternal ? null : network.EngineName);
            Add($"networks.{key}.external", network.IsExternal ? "true" : null);
            Add($"networks.{key}.driver", spec.Driver is null ? null : network.Driver);
            Add($"networks.{key}.internal", network.IsInternal ? "true" : null);
            AddList($"networks.{key}.pool", network.Pools.Select(pool => $"{pool.Subnet} {pool.Gateway}"));
        }

        foreach (var (key, spec) in stack.Volumes)
        {
            var volume = built.Volumes[$"s/{key}"];
            Add("volumes", key);
            Add($"volumes.{key}.name", spec.Name is null && !volume.IsExternal ? null : volume.EngineName);
            Add($"volumes.{key}.external", volume.IsExternal ? "true" : null);
            Add($"volumes.{key}.driver", spec.Driver is null ? null : volume.Driver);
            AddMap($"volumes.{key}.driver_opts", volume.DriverOptions);
        }
    }

    private void Add(string place, string? value)
    {
        if (value is not null)
        {
            lines.Add($"{place} = {value}");
        }
    }

    private void AddMap(string place, ValueMap<string> values)
    {
        foreach (var (key, value) in values)
        {
            Add($"{place}.{key}", value);
        }
    }

    private void AddList(string place, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Add(place, value);
        }
    }

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
