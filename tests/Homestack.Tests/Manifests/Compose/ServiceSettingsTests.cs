using Homestack.Manifests.Compose;

namespace Homestack.Tests.Manifests.Compose;

/// <summary>Every further key of a service arrives where it belongs.</summary>
public sealed class ServiceSettingsTests
{
    [Fact]
    public void Identity()
    {
        var identity = LoadedStack.App(
            """
            hostname: h
            domainname: d.example
            mac_address: 02:42:ac:11:65:43
            user: 1000:1000
            group_add: [video, 109]
            working_dir: /w
            stop_signal: SIGINT
            stop_grace_period: 1m30s
            init: true
            tty: true
            stdin_open: "true"
            dns: 1.1.1.1
            dns_search: [a, b]
            dns_opt: [ndots:1]
            extra_hosts: { nas: 192.168.1.5, six: "[::1]", many: [1.1.1.1, 2.2.2.2] }
            """).Service().Identity;
        Assert.Equal(("h", "d.example", "02:42:ac:11:65:43", "1000:1000", "/w", "SIGINT"),
            (identity.Hostname?.Value, identity.DomainName, identity.MacAddress, identity.User, identity.WorkingDirectory, identity.StopSignal));
        Assert.Equal((TimeSpan.FromSeconds(90), true, true, true), (identity.StopGracePeriod, identity.Init, identity.Tty, identity.StdinOpen));
        Assert.Equal("[video, 109] [1.1.1.1] [a, b] [ndots:1]", $"{identity.GroupAdd} {identity.Dns} {identity.DnsSearch} {identity.DnsOptions}");
        Assert.Equal("[nas:192.168.1.5, six:::1, many:1.1.1.1, many:2.2.2.2]", identity.ExtraHosts.ToString());
    }

    [Theory]
    [InlineData("['host.docker.internal:host-gateway', 'nas=1.2.3.4', 'v6:[fd00::1]']", "[host.docker.internal:host-gateway, nas:1.2.3.4, v6:fd00::1]")]
    public void Extra_hosts_as_a_list(string written, string expected) => Assert.Equal(expected, LoadedStack.App($"extra_hosts: {written}").Service().Identity.ExtraHosts.ToString());

    [Fact]
    public void Limits()
    {
        var limits = LoadedStack.App(
            """
            cpus: "1.5"
            cpu_shares: 512
            cpu_period: 100ms
            cpu_quota: 50000
            cpuset: 0-1
            mem_limit: 1g
            mem_reservation: 512M
            memswap_limit: -1
            mem_swappiness: 10
            pids_limit: 100
            blkio_config: { weight: 300 }
            shm_size: 64mb
            oom_kill_disable: true
            oom_score_adj: -500
            ulimits: { nproc: 65535, nofile: { soft: 1, hard: 2 } }
            gpus: all
            """).Service().Limits;
        Assert.Equal((1.5m, 512L, 100_000L, 50_000L, "0-1"), (limits.Cpus?.Value, limits.CpuShares, limits.CpuPeriod, limits.CpuQuota, limits.CpuSet));
        Assert.Equal((1L << 30, 512L << 20, -1L, 64L << 20), (limits.Memory?.Value.Bytes, limits.MemoryReservation?.Value.Bytes, limits.MemorySwap?.Bytes, limits.SharedMemory?.Bytes));
        Assert.Equal((10, 100L, 300, true, -500), (limits.MemorySwappiness, limits.Pids?.Value, limits.BlockIoWeight, limits.OomKillDisable, limits.OomScoreAdjustment));
        Assert.Equal((new UlimitSpec(65535, 65535), new UlimitSpec(1, 2)), (limits.Ulimits["nproc"], limits.Ulimits["nofile"]));
        Assert.Equal(-1, Assert.Single(limits.Gpus).Count);
    }

    [Fact]
    public void Privileges()
    {
        var privileges = LoadedStack.App(
            """
            privileged: true
            read_only: true
            cap_add: [NET_ADMIN]
            cap_drop: [ALL]
            security_opt: ["no-new-privileges:true"]
            devices: ["/dev/a", "/dev/b:/dev/c", "/dev/d:/dev/e:r", "vendor.com/gpu=0", { source: /dev/f, target: /dev/g }]
            device_cgroup_rules: ["c 1:3 mr"]
            sysctls: [net.core.somaxconn=1024]
            cgroup_parent: p
            cgroup: host
            ipc: shareable
            pid: host
            uts: host
            userns_mode: host
            runtime: runc
            storage_opt: { size: 1G }
            """).Service().Privileges;
        Assert.Equal(["/dev/a:/dev/a:rwm", "/dev/b:/dev/c:rwm", "/dev/d:/dev/e:r", "vendor.com/gpu=0:vendor.com/gpu=0:rwm", "/dev/f:/dev/g:rwm"],
            privileges.Devices.Select(device => $"{device.Source}:{device.Target}:{device.Permissions}"));
        Assert.Equal("{net.core.somaxconn: 1024} {size: 1G}", $"{privileges.Sysctls} {privileges.StorageOptions}");
        Assert.Equal((true, true, "p", "host", "shareable", "host", "host", "host", "runc"), (privileges.Privileged, privileges.ReadOnly, privileges.CgroupParent, privileges.Cgroup,
            privileges.Ipc?.Value, privileges.Pid?.Value, privileges.Uts, privileges.UsernsMode, privileges.Runtime));
    }

    [Fact]
    public void Build()
    {
        var build = LoadedStack.With(new Dictionary<string, string> { ["FROM_OUTSIDE"] = "1" }, [],
            """
            services:
              app:
                build:
                  context: ../src
                  dockerfile: docker/Dockerfile
                  target: prod
                  args: [A=1, FROM_OUTSIDE, NOT_SET]
                  labels: { a: b }
                  network: host
                  cache_from: [x]
                  tags: [t:1]
                  extra_hosts: ["a:1.1.1.1"]
                  shm_size: 1m
                  no_cache: true
                  pull: true
                  x-homestack: { packages: [nginx-light, curl] }
                  x-bake: { platforms: [a] }
            """).Service().Build ?? throw new InvalidOperationException();
        Assert.Equal(("src", "docker/Dockerfile", "prod", "host"), (build.Context.Value, build.Dockerfile, build.Target, build.Network));
        Assert.Equal("{A: 1, FROM_OUTSIDE: 1} [nginx-light, curl] [t:1] [a:1.1.1.1]", $"{build.Args} {build.Packages} {build.Tags} {build.ExtraHosts}");
        Assert.Equal((true, true, 1L << 20), (build.NoCache, build.PullBase, build.SharedMemory?.Bytes));
        Assert.Equal("stacks/sub", LoadedStack.Of("services: { app: { build: ./sub } }").Service().Build?.Context.Value);
        Assert.Equal("stacks", LoadedStack.Of("services: { app: { build: { dockerfile_inline: FROM scratch } } }").Service().Build?.Context.Value);
    }

    [Theory]
    [InlineData("test: curl x", "CMD-SHELL|curl x", false)]
    [InlineData("test: [CMD, a, b]", "CMD|a|b", false)]
    [InlineData("test: [CMD-SHELL, a b]", "CMD-SHELL|a b", false)]
    [InlineData("test: [NONE]", "", true)]
    [InlineData("test: NONE", "", true)]
    [InlineData("disable: true", "", true)]
    [InlineData("interval: 5s", "", false)]
    public void Health_test(string written, string expected, bool isDisabled)
    {
        var check = LoadedStack.App($"healthcheck: {{ {written} }}").Service().Healthcheck;
        Assert.Equal((expected, isDisabled), (string.Join('|', check?.Test ?? []), check?.IsDisabled));
    }

    [Fact]
    public void Deploy()
    {
        var deploy = LoadedStack.App(
            """
            deploy:
              mode: replicated
              replicas: 2
              restart_policy: { condition: on-failure, max_attempts: 3 }
              resources:
                limits: { cpus: "0.5", memory: 256M, pids: 10 }
                reservations:
                  memory: 64M
                  devices: [{ driver: nvidia, count: all, capabilities: [gpu] }, { device_ids: ["0", "1"], capabilities: [gpu] }]
            """).Service().Deploy ?? throw new InvalidOperationException();
        Assert.Equal((2L, 0.5m, 256L << 20, 10L, 64L << 20), (deploy.Replicas?.Value, deploy.Cpus?.Value, deploy.Memory?.Value.Bytes, deploy.Pids?.Value, deploy.MemoryReservation?.Value.Bytes));
        Assert.Equal(new("on-failure", 3), deploy.RestartPolicy);
        Assert.Equal("nvidia -1 [] | -1 [0, 1] ", string.Join('|', deploy.Devices.Select(device => $"{device.Driver} {device.Count} {device.Ids} ")));
    }

    [Fact]
    public void Networks_and_volumes_of_the_stack()
    {
        var spec = LoadedStack.Of(
            """
            services: { app: { image: x, networks: { n: { aliases: [a], ipv4_address: 10.1.0.5, priority: 10, mac_address: "02:00:00:00:00:01", link_local_ips: [169.254.0.1], driver_opts: { a: 1 } } } } }
            networks:
              n: { driver: macvlan, driver_opts: { parent: eth0 }, internal: true, attachable: true, enable_ipv6: true, labels: [a=b], name: exact,
                   ipam: { driver: default, options: { x: y }, config: [{ subnet: 10.1.0.0/16, ip_range: 10.1.1.0/24, gateway: 10.1.0.1, aux_addresses: { r: 10.1.0.2 } }] } }
              old: { external: { name: elsewhere } }
            volumes: { v: { driver: local, driver_opts: { type: nfs }, labels: { a: b } }, e: { external: true, name: shared }, plain: }
            """).Spec ?? throw new InvalidOperationException();
        var network = spec.Networks["n"];
        Assert.Equal(("macvlan", "exact", true, true, true, "10.1.0.0/16", "10.1.0.1"), (network.Driver, network.Name?.Value, network.IsInternal, network.IsAttachable, network.HasIpv6,
            network.Pools[0].Subnet?.Value, network.Pools[0].Gateway?.Value));
        Assert.Equal((true, "elsewhere"), (spec.Networks["old"].IsExternal, spec.Networks["old"].Name?.Value));
        Assert.Equal((true, "shared", false), (spec.Volumes["e"].IsExternal, spec.Volumes["e"].Name?.Value, spec.Volumes["plain"].IsExternal));
        var attachment = spec.Services["app"].Networks?["n"];
        Assert.Equal(("10.1.0.5", 10, "02:00:00:00:00:01", "{a: 1}"), (attachment?.Ipv4Address?.Value, attachment?.Priority, attachment?.MacAddress, attachment?.DriverOptions.ToString()));
    }

    [Theory]
    [InlineData("networks: { n: { external: true, driver: bridge } }", "HS1153")]
    [InlineData("volumes: { v: { external: true, driver_opts: { a: b } } }", "HS1153")]
    [InlineData("secrets: { s: {} }", "HS1151")]
    [InlineData("secrets: { s: { file: a, environment: HOME } }", "HS1152")]
    [InlineData("configs: { s: { file: a, content: b } }", "HS1151")]
    [InlineData("secrets: { s: { file: a, driver: d } }", "HS1140")]
    [InlineData("networks: { 'a b': }", "HS1148")]
    [InlineData("networks: { n: { enable_ipv4: false } }", "HS1140")]
    [InlineData("networks: { n: { dirver: x } }", "HS1020")]
    [InlineData("models: { m: { model: x } }", "HS1140")]
    public void A_top_level_mistake_is_an_error(string section, string code) => Assert.Contains(code, LoadedStack.Of("services: { app: { image: x } }\n" + section).Codes);
}
