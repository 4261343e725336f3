using System.Globalization;
using Homestack.Diagnostics;
using Homestack.EndToEnd.Programs;
using Homestack.Manifests.Yaml;

namespace Homestack.EndToEnd.Compose;

/// <summary>What docker-compose 1.29 makes of a file, one line for each fact, sorted.</summary>
internal sealed class ReferenceStack
{
    private readonly List<string> lines = [];

    private ReferenceStack()
    {
    }

    public static async Task<IReadOnlyList<string>> ReadAsync(string file, IReadOnlyDictionary<string, string> environment)
    {
        var result = await RunningProgram.RunAsync(["/usr/bin/docker-compose", "-f", file, "config"], TimeSpan.FromSeconds(60), environment.ToDictionary(pair => pair.Key, string? (pair) => pair.Value));
        var diagnostics = new DiagnosticBag();
        var root = YamlReader.Read(new("reference.yaml", result.Expect(0).Output), diagnostics);
        Assert.Empty(diagnostics);
        var stack = new ReferenceStack();
        foreach (var service in Entries(Assert.IsType<YamlMapping>(root).Find("services")))
        {
            await stack.ReadServiceAsync(service.Key.Value, Assert.IsType<YamlMapping>(service.Value));
        }

        stack.ReadNetworks(((YamlMapping)root).Find("networks"));
        stack.ReadVolumes(((YamlMapping)root).Find("volumes"));
        stack.lines.Sort(StringComparer.Ordinal);
        return stack.lines;
    }

    private async Task ReadServiceAsync(string name, YamlMapping service)
    {
        foreach (var key in (string[])["image", "container_name", "user", "working_dir", "hostname", "domainname", "stop_signal", "network_mode", "pid", "ipc", "userns_mode", "runtime", "mac_address", "cpuset"])
        {
            Add($"{name}.{key}", Text(service.Find(key)));
        }

        foreach (var key in (string[])["privileged", "read_only", "tty", "stdin_open", "init"])
        {
            Add($"{name}.{key}", Text(service.Find(key)) == "true" ? "true" : null);
        }

        foreach (var key in (string[])["mem_limit", "mem_reservation", "memswap_limit", "shm_size"])
        {
            Add($"{name}.{key}", Facts.Bytes(Text(service.Find(key))));
        }

        foreach (var key in (string[])["cpu_shares", "pids_limit", "oom_score_adj", "mem_swappiness", "cpus"])
        {
            Add($"{name}.{key}", Text(service.Find(key)));
        }

        Add($"{name}.command", await WordsAsync(service.Find("command")));
        Add($"{name}.entrypoint", await WordsAsync(service.Find("entrypoint")));
        AddMap($"{name}.environment", service.Find("environment"), dropsNull: true);
        AddMap($"{name}.labels", service.Find("labels"));
        AddMap($"{name}.sysctls", service.Find("sysctls"));
        AddList($"{name}.cap_add", service.Find("cap_add"));
        AddList($"{name}.cap_drop", service.Find("cap_drop"));
        AddList($"{name}.devices", service.Find("devices"), device => Facts.Device(device));
        AddList($"{name}.dns", service.Find("dns"));
        AddList($"{name}.dns_search", service.Find("dns_search"));
        AddList($"{name}.extra_hosts", service.Find("extra_hosts"));
        AddList($"{name}.group_add", service.Find("group_add"));
        AddList($"{name}.security_opt", service.Find("security_opt"));
        AddList($"{name}.tmpfs", service.Find("tmpfs"));
        AddList($"{name}.volumes_from", service.Find("volumes_from"), Facts.VolumesFrom);
        AddList($"{name}.expose", service.Find("expose"));
        AddList($"{name}.links", service.Find("links"));
        Add($"{name}.restart", Text(service.Find("restart")) is { } restart ? restart : null);
        Add($"{name}.stop_grace_period", Facts.Duration(Text(service.Find("stop_grace_period"))));
        Add($"{name}.logging", Text(Child(service, "logging", "driver")));
        AddMap($"{name}.logging", Child(service, "logging", "options"));
        foreach (var limit in Entries(service.Find("ulimits")))
        {
            Add($"{name}.ulimits.{limit.Key.Value}", limit.Value is YamlMapping pair ? $"{Text(pair.Find("soft"))}:{Text(pair.Find("hard"))}" : $"{Text(limit.Value)}:{Text(limit.Value)}");
        }

        ReadDependencies(name, service.Find("depends_on"));
        ReadHealthcheck(name, service.Find("healthcheck") as YamlMapping);
        ReadNetworksOf(name, service);
        foreach (var port in Items(service.Find("ports")))
        {
            Add($"{name}.ports", port is YamlMapping mapping
                ? Facts.Port("", Text(mapping.Find("published")) ?? "", Text(mapping.Find("target")) ?? "", Text(mapping.Find("protocol")) ?? "tcp")
                : Facts.Port(Text(port) ?? ""));
        }

        foreach (var volume in Items(service.Find("volumes")))
        {
            Add($"{name}.volumes", volume is YamlMapping mapping
                ? Facts.Mount(Text(mapping.Find("type")) ?? "", Text(mapping.Find("source")) ?? "", Text(mapping.Find("target")) ?? "", Text(mapping.Find("read_only")) == "true")
                : Facts.Mount(Text(volume) ?? ""));
        }

        foreach (var kind in (string[])["secrets", "configs"])
        {
            foreach (var use in Items(service.Find(kind)).OfType<YamlMapping>())
            {
                Add($"{name}.{kind}", $"{Text(use.Find("source"))} → {Text(use.Find("target"))}");
            }
        }

        ReadDeploy(name, service);
        Add($"{name}.build.context", Text(Child(service, "build", "context")));
        Add($"{name}.build.dockerfile", Text(Child(service, "build", "dockerfile")));
        Add($"{name}.build.target", Text(Child(service, "build", "target")));
        AddMap($"{name}.build.args", Child(service, "build", "args"), dropsNull: true);
        AddMap($"{name}.build.labels", Child(service, "build", "labels"));
    }

    private void ReadDependencies(string name, YamlNode? node)
    {
        foreach (var item in Items(node))
        {
            Add($"{name}.depends_on.{Text(item)}", "service_started");
        }

        foreach (var entry in Entries(node))
        {
            Add($"{name}.depends_on.{entry.Key.Value}", Text((entry.Value as YamlMapping)?.Find("condition")));
        }
    }

    private void ReadHealthcheck(string name, YamlMapping? check)
    {
        var test = check?.Find("test");
        var words = test is YamlSequence list ? list.Items.Select(Text).ToList() : Text(test) is { } line ? ["CMD-SHELL", line] : [];
        var isDisabled = words is ["NONE"] || Text(check?.Find("disable")) == "true";
        Add($"{name}.healthcheck.disable", isDisabled ? "true" : null);
        Add($"{name}.healthcheck.test", words.Count == 0 || isDisabled ? null : string.Join('|', words).Replace("$$", "$", StringComparison.Ordinal));
        Add($"{name}.healthcheck.retries", Text(check?.Find("retries")));
        foreach (var key in (string[])["interval", "timeout", "start_period"])
        {
            Add($"{name}.healthcheck.{key}", Facts.Duration(Text(check?.Find(key))));
        }
    }

    private void ReadNetworksOf(string name, YamlMapping service)
    {
        if (service.Find("network_mode") is not null)
        {
            return;
        }

        var networks = Entries(service.Find("networks"));
        foreach (var network in networks)
        {
            Add($"{name}.networks", network.Key.Value);
            AddList($"{name}.networks.{network.Key.Value}.aliases", (network.Value as YamlMapping)?.Find("aliases"));
            Add($"{name}.networks.{network.Key.Value}.ipv4_address", Text((network.Value as YamlMapping)?.Find("ipv4_address")));
        }

        if (networks.Count == 0)
        {
            Add($"{name}.networks", "default");
        }
    }

    private void ReadDeploy(string name, YamlMapping service)
    {
        var deploy = service.Find("deploy") as YamlMapping;
        Add($"{name}.replicas", Text(deploy?.Find("replicas")));
        Add($"{name}.cpus", Text(Child(deploy?.Find("resources") as YamlMapping, "limits", "cpus")));
        Add($"{name}.mem_limit", Facts.Bytes(Text(Child(deploy?.Find("resources") as YamlMapping, "limits", "memory"))));
        Add($"{name}.mem_reservation", Facts.Bytes(Text(Child(deploy?.Find("resources") as YamlMapping, "reservations", "memory"))));
        foreach (var device in Items(Child(deploy?.Find("resources") as YamlMapping, "reservations", "devices")).OfType<YamlMapping>())
        {
            Add($"{name}.gpu", $"{Text(device.Find("driver"))} {Text(device.Find("count"))} {string.Join(',', Items(device.Find("capabilities")).Select(Text))}");
        }

        if (deploy?.Find("restart_policy") is YamlMapping policy)
        {
            Add($"{name}.restart", $"{Text(policy.Find("condition"))}:{Text(policy.Find("max_attempts"))}");
        }
    }

    private void ReadNetworks(YamlNode? networks)
    {
        foreach (var entry in Entries(networks))
        {
            var network = entry.Value as YamlMapping;
            Add("networks", entry.Key.Value);
            Add($"networks.{entry.Key.Value}.name", Text(network?.Find("name")));
            Add($"networks.{entry.Key.Value}.external", Text(network?.Find("external")));
            Add($"networks.{entry.Key.Value}.driver", Text(network?.Find("driver")));
            Add($"networks.{entry.Key.Value}.internal", Text(network?.Find("internal")));
            foreach (var pool in Items(Child(network, "ipam", "config")).OfType<YamlMapping>())
            {
                Add($"networks.{entry.Key.Value}.pool", $"{Text(pool.Find("subnet"))} {Text(pool.Find("gateway"))}");
            }
        }
    }

    private void ReadVolumes(YamlNode? volumes)
    {
        foreach (var entry in Entries(volumes))
        {
            var volume = entry.Value as YamlMapping;
            Add("volumes", entry.Key.Value);
            Add($"volumes.{entry.Key.Value}.name", Text(volume?.Find("name")));
            Add($"volumes.{entry.Key.Value}.external", Text(volume?.Find("external")));
            Add($"volumes.{entry.Key.Value}.driver", Text(volume?.Find("driver")));
            AddMap($"volumes.{entry.Key.Value}.driver_opts", volume?.Find("driver_opts"));
        }
    }

    private void Add(string place, string? value)
    {
        if (value is not null)
        {
            lines.Add($"{place} = {value}");
        }
    }

    private void AddMap(string place, YamlNode? node, bool dropsNull = false)
    {
        foreach (var entry in Entries(node).Where(entry => !dropsNull || entry.Value is not YamlScalar { IsNull: true }))
        {
            // Its output is a file again, in which a dollar sign is written twice.
            Add($"{place}.{entry.Key.Value}", (Text(entry.Value) ?? "").Replace("$$", "$", StringComparison.Ordinal));
        }
    }

    private void AddList(string place, YamlNode? node, Func<string, string>? change = null)
    {
        foreach (var item in node is YamlScalar single ? [single] : Items(node))
        {
            Add(place, change is null ? Text(item) : change(Text(item) ?? ""));
        }
    }

    /// <summary>A list as it is; a text split by Python's own shell lexer, which 1.29 uses.</summary>
    private static async Task<string?> WordsAsync(YamlNode? node)
    {
        if (node is null or YamlScalar { IsNull: true })
        {
            return null;
        }

        if (node is YamlSequence list)
        {
            return string.Join('|', list.Items.Select(item => Text(item)?.Replace("$$", "$", StringComparison.Ordinal)));
        }

        var result = await RunningProgram.RunAsync(
            ["/usr/bin/python3", "-c", "import shlex,sys; print('|'.join(shlex.split(sys.argv[1])), end='')", (Text(node) ?? "").Replace("$$", "$", StringComparison.Ordinal)], TimeSpan.FromSeconds(20));
        return result.Expect(0).Output;
    }

    private static IReadOnlyList<YamlNode> Items(YamlNode? node) => node is YamlSequence list ? list.Items : [];

    private static IReadOnlyList<YamlEntry> Entries(YamlNode? node) => node is YamlMapping mapping ? mapping.Entries : [];

    private static YamlNode? Child(YamlMapping? mapping, string key, string inner) => (mapping?.Find(key) as YamlMapping)?.Find(inner);

    private static string? Text(YamlNode? node) => node is YamlScalar { IsNull: false } scalar ? scalar.Value.ToString(CultureInfo.InvariantCulture) : null;
}
