using Homestack.Blueprints;
using Homestack.Primitives;
using Homestack.Tests.Manifests.Compose;

namespace Homestack.Tests.Blueprints.Stacks;

public sealed class StackBuilderTests
{
    private static Service App(string keys) => LoadedStack.App(keys).Build().Services["photos/app"];

    [Fact]
    public void Defaults_are_filled_in()
    {
        var service = LoadedStack.Of("services: { app: { image: nginx } }").Build().Services["photos/app"];
        Assert.Equal(("photos", "app", "local", 1, "stacks/photos.yaml:1"), (service.Stack, service.Name, service.Host, service.Instances, service.Place));
        Assert.Equal(("docker.io/library/nginx:latest", PullPolicy.Missing), (service.Image.Reference.Canonical, service.Image.Pull));
        Assert.Equal((TimeSpan.FromSeconds(10), RestartCondition.No, NetworkModeKind.Networks), (service.Container.StopGracePeriod, service.Container.Restart.Condition, service.Container.NetworkMode.Kind));
        Assert.Equal("photos/default", Assert.Single(service.Container.Networks).Key);
    }

    [Fact]
    public void A_built_image_without_a_name_gets_ours()
    {
        var service = LoadedStack.Of("services: { App: { build: ./src } }").Build().Services["photos/App"];
        Assert.Equal("home-photos-app:built", service.Image.Reference.ToString());
        Assert.Equal("/srv/home/stacks/src", service.Image.Build?.Context);
    }

    [Fact]
    public void Only_what_is_used_is_made_and_called_after_home_and_stack()
    {
        var built = LoadedStack.Of(
            """
            services:
              app: { image: x, networks: [front, proxy], volumes: ["data:/d", "named:/n", "shared:/s"] }
            networks: { front: { driver: bridge }, unused: , proxy: { external: true, name: traefik } }
            volumes: { data: , named: { name: exact }, shared: { external: true }, unused: }
            """).Build();
        Assert.Equal(["home-photos-front", "traefik"], built.Networks.Values.Select(network => network.EngineName));
        Assert.Equal(["home-photos-data", "exact", "shared"], built.Volumes.Values.Select(volume => volume.EngineName));
        Assert.Equal((false, true, "bridge", ""), (built.Networks["photos/front"].IsExternal, built.Networks["photos/proxy"].IsExternal, built.Networks["photos/front"].Driver, built.Networks["photos/proxy"].Driver));
    }

    [Fact]
    public void Further_names_are_aliases_the_container_name_and_links()
    {
        var built = LoadedStack.Of(
            """
            services:
              db: { image: x, container_name: pg, networks: { n: { aliases: [db, database] } } }
              app: { image: x, links: ["db", "db:sql"], networks: [n] }
            networks: { n: }
            """).Build();
        Assert.Equal(["database", "pg", "sql"], built.Services["photos/db"].Container.Networks["photos/n"].Aliases);
        Assert.Equal(new Dependency(DependencyCondition.Started, false, true), built.Services["photos/app"].DependsOn["photos/db"]);
    }

    [Fact]
    public void Sharing_a_namespace_is_a_dependency_that_restarts()
    {
        var built = LoadedStack.Of("services: { vpn: { image: x }, app: { image: x, network_mode: 'service:vpn', pid: 'service:vpn', volumes_from: ['vpn:ro'] } }").Build();
        var app = built.Services["photos/app"];
        Assert.Equal(new Dependency(DependencyCondition.Started, true, true), app.DependsOn["photos/vpn"]);
        Assert.Equal((new NetworkMode(NetworkModeKind.Service, "photos/vpn"), "service:photos/vpn", "photos/vpn:ro"), (app.Container.NetworkMode, app.Container.Pid, app.Container.VolumesFrom[0]));
        Assert.Equal(["photos/default"], built.Networks.Keys);
        Assert.Empty(app.Container.Networks);
    }

    [Theory]
    [InlineData("restart: always", RestartCondition.Always, 0)]
    [InlineData("restart: no", RestartCondition.No, 0)]
    [InlineData("restart: on-failure:5", RestartCondition.OnFailure, 5)]
    [InlineData("deploy: { restart_policy: { condition: on-failure, max_attempts: 2 } }", RestartCondition.OnFailure, 2)]
    [InlineData("deploy: { restart_policy: { condition: any } }", RestartCondition.Always, 0)]
    public void The_restart_policy_comes_from_either_place(string keys, RestartCondition condition, int retries) => Assert.Equal(new(condition, retries), App(keys).Container.Restart);

    [Fact]
    public void Limits_of_either_place_are_joined()
    {
        var container = App("cap_add: [CAP_NET_ADMIN, sys_time]\nmem_limit: 1g\ndeploy: { replicas: 3, resources: { limits: { cpus: 0.5 }, reservations: { devices: [{ capabilities: [gpu], count: 1 }] } } }").Container;
        Assert.Equal((500_000_000L, 1L << 30), (container.Resources.NanoCpus, container.Resources.Memory?.Bytes));
        Assert.Equal("[NET_ADMIN, SYS_TIME]", container.CapAdd.ToString());
        Assert.Equal(1, Assert.Single(container.DeviceRequests).Count);
    }

    [Fact]
    public void A_secret_of_the_extension_becomes_an_environment_value()
    {
        var service = App("environment: { PASSWORD: for-docker-compose, A: 1 }\nx-homestack: { port: 80, expose: [vpn, lan], sign-in: app, tile: { group: G, title: T }, secrets: { PASSWORD: db.password }, host: nuc }");
        Assert.Equal("{A: 1, PASSWORD: ${secret:db.password}}", service.Container.Environment.ToString());
        Assert.Equal(new ServiceExposure { Port = 80, Zones = ["lan", "vpn"], SignIn = SignIn.App, TileGroup = "G", TileTitle = "T" }, service.Exposure);
        Assert.Equal("nuc", service.Host);
    }

    [Fact]
    public void Secrets_and_configs_become_files()
    {
        var mounts = LoadedStack.Of(
            """
            services:
              app:
                image: x
                secrets: [a, { source: b, target: named, uid: "1", gid: 2, mode: 0400 }, c]
                configs: [d, { source: e, target: /etc/e.conf }]
            secrets: { a: { file: ./a.txt }, b: { external: true }, c: { external: true, name: store.c } }
            configs: { d: { content: "x ${secret:s}" }, e: { file: ./e } }
            """).Build().Services["photos/app"].Container.Mounts;
        Assert.Equal(["/d", "/etc/e.conf", "/run/secrets/a", "/run/secrets/c", "/run/secrets/named"], mounts.Select(mount => mount.Target));
        Assert.Equal([MountKind.Content, MountKind.Bind, MountKind.Bind, MountKind.Content, MountKind.Content], mounts.Select(mount => mount.Kind));
        Assert.All(mounts, mount => Assert.True(mount.IsReadOnly));
        Assert.Equal(("x ${secret:s}", "/srv/home/stacks/e", "${secret:store.c}", "${secret:b}", new FileOwner(1, 2, 256)),
            (mounts[0].Content?.ToString(), mounts[1].Source, mounts[3].Content?.ToString(), mounts[4].Content?.ToString(), mounts[4].Owner));
    }

    [Theory]
    [InlineData("secrets")]
    [InlineData("configs")]
    public void A_file_made_of_a_variable_is_refused_with_the_way_to_the_store_and_its_value_is_nowhere(string key)
    {
        var loaded = LoadedStack.With(new Dictionary<string, string> { ["TOKEN"] = "canary" }, [], $"services: {{ app: {{ image: x, {key}: [Db_Token] }} }}\n{key}: {{ Db_Token: {{ environment: TOKEN }} }}");
        Assert.Empty(loaded.Build().Services["photos/app"].Container.Mounts);
        var refused = Assert.Single(loaded.Diagnostics);
        Assert.Equal("HS2073", refused.Code);
        Assert.Contains("homestack secret set db_token", refused.Detail);
        Assert.Contains("name: db_token", refused.Detail);
        Assert.DoesNotContain("canary", refused.ToString());
    }

    [Theory]
    [InlineData("ports: ['8080:80']", "127.0.0.1:8080→80/tcp", "")]
    [InlineData("ports: ['80']", "127.0.0.1:0→80/tcp", "")]
    [InlineData("ports: ['127.0.0.5:8080:80']", "127.0.0.5:8080→80/tcp", "")]
    [InlineData("ports: ['[::1]:8080:80']", "::1:8080→80/tcp", "")]
    [InlineData("ports: ['0.0.0.0:8080:80']", "127.0.0.1:8080→80/tcp", "HS2043")]
    [InlineData("ports: ['192.168.1.5:8080:80']", "127.0.0.1:8080→80/tcp", "HS2043")]
    [InlineData("ports: ['8080:80', '53:53/udp']\nx-homestack: { port: 80, expose: [lan] }", "", "")]
    [InlineData("ports: ['8080:80']\nx-homestack: { port: 80 }", "127.0.0.1:8080→80/tcp", "")]
    [InlineData("ports: ['8080:80', '127.0.0.1:81:81']\nx-homestack: { publish: engine }", "*:8080→80/tcp|127.0.0.1:81→81/tcp", "HS2042")]
    [InlineData("ports: ['127.0.0.1:81:81']\nx-homestack: { publish: engine }", "127.0.0.1:81→81/tcp", "")]
    [InlineData("ports: ['8080:80']\nnetwork_mode: host", "", "HS2032")]
    public void A_port_is_published_only_where_it_may_be(string keys, string expected, string warning)
    {
        var loaded = LoadedStack.App(keys);
        Assert.Equal(expected, string.Join('|', loaded.Build().Services["photos/app"].Container.Ports));
        Assert.Equal(warning, string.Join(' ', loaded.Codes));
    }

    [Fact]
    public void A_port_that_the_route_covers_is_still_exposed_to_the_networks() =>
        Assert.Equal(["80/tcp", "5000/udp", "5001/udp"], App("ports: ['8080:80']\nexpose: ['5000-5001/udp']\nx-homestack: { port: 80, expose: [lan] }").Container.Expose);

    [Fact]
    public void A_short_tmpfs_keeps_its_options() => Assert.Equal("size=64m,mode=1777", Assert.Single(App("tmpfs: /run:size=64m,mode=1777").Container.Mounts).TmpfsOptions);

    [Fact]
    public void The_host_of_the_stack_is_the_default_of_its_services()
    {
        var built = LoadedStack.Of("x-homestack: { host: nuc }\nservices: { a: { image: x } }").Build();
        Assert.Equal(("nuc", "nuc"), (built.Services["photos/a"].Host, built.Networks["photos/default"].Host));
    }

    [Fact]
    public void An_environment_value_with_a_dollar_reads_back_exactly() =>
        Assert.Equal("${NOT_A_VARIABLE}", Text.Parse(App("environment: { A: '$${NOT_A_VARIABLE}' }").Container.Environment["A"].ToString()).Reveal(_ => ""));
}
