using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Tests.Planes.Containers;

/// <summary>Plan and apply on a model engine, story by story.</summary>
public sealed class ContainersStories
{
    private readonly ModelEngine engine = new();
    private readonly ModelHome home;

    public ContainersStories()
    {
        engine.AddImage("web:1");
        engine.AddImage("web:2");
        engine.AddImage("sick:1", ModelBehaviour.Sick, new() { Cmd = ["run"], Healthcheck = new() { Test = ["CMD", "true"] } });
        engine.AddImage("db:1", config: new() { Cmd = ["run"], Volumes = new[] { "/var/db" }.ToValueMap(path => path, _ => new EmptyObject()) });
        engine.AddImage("job:1", ModelBehaviour.Completes);
        home = new(engine);
    }

    [Fact]
    public async Task Brings_up_a_new_service_with_its_network_and_volume_and_then_has_nothing_to_do()
    {
        var blueprint = home.Blueprint(ModelHome.Service("a", settings: ModelHome.WithVolume("data")));
        var changes = await home.UpAsync(blueprint);

        Assert.Equal(
            """
            create network:s/default because new network: create network h-s-default
            create service:s/a because new service: create container h-s-a; start container h-s-a
            create volume:s/data because new volume: create volume h-s-data
            """, ModelHome.Text(changes));
        Assert.Equal("running", Assert.Single(engine.Containers).Status);
        Assert.Empty(await home.PlanAsync(blueprint));
    }

    [Fact]
    public async Task Pulls_a_missing_image_once_for_all_who_need_it()
    {
        engine.AddToRegistry("far:1");
        var changes = await home.UpAsync(home.Blueprint(ModelHome.Service("a", "far:1"), ModelHome.Service("b", "far:1")));
        Assert.Single(changes, change => change.Resource.Kind == "image");
        Assert.Equal(2, engine.Containers.Count(container => container.Status == "running"));
    }

    [Fact]
    public async Task Replaces_without_a_gap_where_nothing_clashes()
    {
        await home.UpAsync(home.Blueprint(ModelHome.Service("a")));
        var changes = await home.UpAsync(home.Blueprint(ModelHome.Service("a", "web:2")));

        Assert.Equal("replace service:s/a because image web:1 → web:2: rename container h-s-a to h-s-a-old; create container h-s-a; start container h-s-a; "
            + "wait until h-s-a is well; stop container h-s-a-old; remove container h-s-a-old", ModelHome.Text(changes));
        Assert.False(changes[0].Impact.IsInterrupted);
        Assert.Equal("h-s-a", Assert.Single(engine.Containers).Name);
        Assert.Equal(engine.Images["web:2"].Id, engine.Containers[0].Image.Id);
    }

    [Fact]
    public async Task Stops_the_old_one_first_where_both_would_write_to_a_volume()
    {
        await home.UpAsync(home.Blueprint(ModelHome.Service("a", settings: ModelHome.WithVolume("data"))));
        var changes = await home.UpAsync(home.Blueprint(ModelHome.Service("a", "web:2", ModelHome.WithVolume("data"))));

        Assert.Contains("create container h-s-a; stop container h-s-a-old; start container h-s-a; wait until h-s-a is well; remove container h-s-a-old", ModelHome.Text(changes));
        Assert.True(changes[0].Impact.IsInterrupted);
        Assert.Contains("volume h-s-data is mounted, not changed", changes[0].Impact.Data);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Puts_the_old_one_back_when_the_new_one_is_sick(bool hasVolume)
    {
        var settings = hasVolume ? ModelHome.WithVolume("data") : ModelHome.OnDefault();
        var before = home.Blueprint(ModelHome.Service("a", settings: settings));
        await home.UpAsync(before);
        var id = engine.Containers[0].Id;

        await Assert.ThrowsAsync<MachineException>(() => home.UpAsync(home.Blueprint(ModelHome.Service("a", "sick:1", settings))));

        var kept = Assert.Single(engine.Containers);
        Assert.Equal((id, "h-s-a", "running"), (kept.Id, kept.Name, kept.Status));
        Assert.Empty(await home.PlanAsync(before));
    }

    [Fact]
    public async Task Says_which_variables_changed_and_never_their_values()
    {
        ContainerSettings With(string zone) => ModelHome.OnDefault() with { Environment = new[] { "TZ", "LANG" }.ToValueMap(name => name, name => Text.Literal(name == "TZ" ? zone : "C")) };
        await home.UpAsync(home.Blueprint(ModelHome.Service("a", settings: With("Europe/Bucharest"))));
        var changes = await home.PlanAsync(home.Blueprint(ModelHome.Service("a", settings: With("Europe/Chisinau"))));
        Assert.Equal("environment changed: TZ", Assert.Single(changes).Cause);
    }

    [Fact]
    public async Task A_new_value_of_a_secret_is_a_planned_replacement_that_holds_no_value()
    {
        home.Secrets.Values["token"] = "canary-one";
        var blueprint = home.Blueprint(ModelHome.Service("a", settings: ModelHome.OnDefault() with { Environment = new[] { "TOKEN" }.ToValueMap(name => name, _ => Text.SecretNamed("token")) }));
        await home.UpAsync(blueprint);
        Assert.Contains("TOKEN=canary-one", engine.Containers[0].Config.Env ?? []);

        home.Secrets.Values["token"] = "canary-two";
        var changes = await home.UpAsync(blueprint);
        Assert.Equal("a secret changed: one of token", Assert.Single(changes).Cause);
        Assert.DoesNotContain("canary", changes[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", string.Join(' ', engine.Containers[0].Config.Labels ?? ValueMap<string>.Empty), StringComparison.Ordinal);
        Assert.Contains("TOKEN=canary-two", engine.Containers[0].Config.Env ?? []);
    }

    [Fact]
    public async Task A_secret_that_is_not_set_is_an_error_and_nothing_is_touched()
    {
        await home.PlanAsync(home.Blueprint(ModelHome.Service("a", settings: ModelHome.OnDefault() with { Environment = new[] { "TOKEN" }.ToValueMap(name => name, _ => Text.SecretNamed("token")) })));
        Assert.Contains(home.Diagnostics, diagnostic => diagnostic.Code == "HS3004");
        Assert.Empty(engine.Faults.Writes);
    }

    [Fact]
    public async Task A_name_that_somebody_else_holds_is_an_error()
    {
        engine.AddForeign("h-s-a");
        await home.PlanAsync(home.Blueprint(ModelHome.Service("a")));
        Assert.Equal("HS3001", Assert.Single(home.Diagnostics).Code);
    }

    [Fact]
    public async Task Removes_what_is_no_longer_declared_and_keeps_its_volume()
    {
        await home.UpAsync(home.Blueprint(ModelHome.Service("a"), ModelHome.Service("b", settings: ModelHome.WithVolume("data"))));
        var changes = await home.UpAsync(home.Blueprint(ModelHome.Service("a")));

        var gone = Assert.Single(changes);
        Assert.Equal((ChangeAction.Delete, "service \"s/b\" is no longer declared"), (gone.Action, gone.Cause));
        Assert.Contains("volume h-s-data stays", gone.Impact.Data);
        Assert.Contains("h-s-data", engine.VolumeNames);
        Assert.Equal("h-s-a", Assert.Single(engine.Containers).Name);
    }

    [Fact]
    public async Task Mends_every_drift_that_hands_can_make()
    {
        var blueprint = home.Blueprint(ModelHome.Service("a", settings: ModelHome.On("default", "back") with { Resources = new() { Memory = ByteSize.FromMiB(64) }, Restart = new(RestartCondition.Always, 0) }));
        await home.UpAsync(blueprint);
        var state = engine.Describe();
        var drifts = new Func<ModelContainer, Task>[]
        {
            there => engine.StopContainerAsync(there.Id, default, default),
            there => Task.FromResult(there.Status = "paused"),
            there => engine.RemoveContainerAsync(there.Id, RemovalMode.Forced, default),
            there => engine.RenameContainerAsync(there.Id, "renamed", default),
            there => engine.UpdateContainerAsync(there.Id, new() { Memory = 128 << 20 }, default),
            there => engine.UpdateContainerAsync(there.Id, new() { NanoCpus = 1_000_000_000 }, default),
            there => engine.UpdateContainerAsync(there.Id, new() { RestartPolicy = new("no", null) }, default),
            there => engine.DisconnectNetworkAsync("h-s-back", there.Id, default),
            there => engine.ConnectNetworkAsync("bridge", there.Id, new(), default),
            there => Task.FromResult(there.Status = "dead"),
        };
        foreach (var drift in drifts)
        {
            await drift(engine.Containers[0]);
            Assert.NotEmpty(await home.UpAsync(blueprint));
            Assert.Equal(state, engine.Describe());
            Assert.Empty(await home.PlanAsync(blueprint));
        }
    }

    [Fact]
    public async Task Waits_for_what_must_be_well_first()
    {
        engine.AddImage("healthy:1", config: new() { Cmd = ["run"], Healthcheck = new() { Test = ["CMD", "true"] } });
        var changes = await home.UpAsync(home.Blueprint(
            ModelHome.Service("app", dependsOn: [("db", DependencyCondition.Healthy), ("init", DependencyCondition.CompletedSuccessfully)]),
            ModelHome.Service("db", "healthy:1"), ModelHome.Service("init", "job:1")));

        Assert.Contains("start container h-s-db; wait until h-s-db is healthy", ModelHome.Text(changes));
        Assert.Contains("wait until h-s-init has completed", ModelHome.Text(changes));
        Assert.Equal("start container h-s-app", engine.Faults.Writes[^1]);
        Assert.Empty(await home.PlanAsync(home.Blueprint(
            ModelHome.Service("app", dependsOn: [("db", DependencyCondition.Healthy), ("init", DependencyCondition.CompletedSuccessfully)]),
            ModelHome.Service("db", "healthy:1"), ModelHome.Service("init", "job:1"))));
    }

    [Fact]
    public async Task A_dependency_that_is_not_required_may_fail()
    {
        var app = ModelHome.Service("app", dependsOn: [("db", DependencyCondition.Healthy)]);
        app = app with { DependsOn = app.DependsOn.ToValueMap(dependency => dependency.Key, dependency => dependency.Value with { IsRequired = false }) };
        var changes = await home.PlanAsync(home.Blueprint(app, ModelHome.Service("db", "sick:1")));
        var failing = changes.Single(change => change.Resource.Name == "s/db");

        await Assert.ThrowsAsync<MachineException>(() => home.ApplyAsync([failing, .. changes.Where(change => change.Resource.Kind == "network")]));
        await home.ApplyAsync([.. changes.Where(change => change != failing && !change.After.Contains(failing.Resource) && change.Resource.Kind == "service")]);
        Assert.Equal(("h-s-app", "running"), (Assert.Single(engine.Containers).Name, engine.Containers[0].Status));
    }

    [Fact]
    public async Task Who_lives_in_the_network_of_another_is_replaced_with_it()
    {
        Blueprint With(string image) => home.Blueprint(ModelHome.Service("vpn", image), ModelHome.Service("torrent", settings: new() { NetworkMode = new(NetworkModeKind.Service, "s/vpn") }, dependsOn: [("vpn", DependencyCondition.Started)]));
        await home.UpAsync(With("web:1"));
        var changes = await home.UpAsync(With("web:2"));

        Assert.Equal(["s/torrent", "s/vpn"], changes.Select(change => change.Resource.Name));
        Assert.Contains("lives in the network", changes[0].Cause);
        Assert.All(engine.Containers, container => Assert.Equal("running", container.Status));
        Assert.Empty(await home.PlanAsync(With("web:2")));
    }

    [Fact]
    public async Task Anonymous_volumes_go_over_to_the_new_container()
    {
        await home.UpAsync(home.Blueprint(ModelHome.Service("a", "db:1")));
        var volume = engine.Containers[0].Mounts[0].Name;
        await home.UpAsync(home.Blueprint(ModelHome.Service("a", "db:1", ModelHome.OnDefault() with { User = "1000" })));
        Assert.Equal(volume, engine.Containers[0].Mounts[0].Name);
        Assert.Empty(await home.PlanAsync(home.Blueprint(ModelHome.Service("a", "db:1", ModelHome.OnDefault() with { User = "1000" }))));
    }

    [Fact]
    public async Task A_changed_network_is_made_anew_without_stopping_its_containers()
    {
        var blueprint = home.Blueprint(ModelHome.Service("a"));
        await home.UpAsync(blueprint);
        var id = engine.Containers[0].Id;
        var changed = blueprint with { Networks = blueprint.Networks.With("s/default", blueprint.Networks["s/default"] with { IsInternal = true }) };
        await home.UpAsync(changed);

        Assert.Equal((id, "running"), (engine.Containers[0].Id, engine.Containers[0].Status));
        Assert.True(engine.Networks.Single(network => network.Body.Name == "h-s-default").Body.Internal);
        Assert.Empty(await home.PlanAsync(changed));
    }

    [Fact]
    public async Task A_volume_whose_driver_changed_is_an_error_never_a_replacement()
    {
        var blueprint = home.Blueprint(ModelHome.Service("a", settings: ModelHome.WithVolume("data")));
        await home.UpAsync(blueprint);
        await home.PlanAsync(blueprint with { Volumes = blueprint.Volumes.With("s/data", blueprint.Volumes["s/data"] with { Driver = "nfs" }) });
        Assert.Equal("HS3007", Assert.Single(home.Diagnostics).Code);
    }

    [Fact]
    public async Task Takes_over_a_container_as_it_is_and_changes_nothing()
    {
        var foreign = engine.AddForeign("jellyfin", new() { Env = ["A=1"], HostConfig = new() { Binds = ["/srv/media:/media:ro"], NetworkMode = "bridge" } });
        foreign.Status = "running";
        var service = ModelHome.Service("jellyfin", "foreign:1", new()
        {
            NetworkMode = new(NetworkModeKind.Bridge, ""),
            Environment = new[] { "A" }.ToValueMap(name => name, _ => Text.Literal("1")),
            Mounts = [new() { Kind = MountKind.Bind, Source = "/srv/media", Target = "/media", IsReadOnly = true }],
        }) with { Adopt = foreign.Id };
        Assert.Empty(await home.PlanAsync(home.Blueprint(service)));

        var changes = await home.UpAsync(home.Blueprint(service with { Image = new() { Reference = ModelHome.Reference("web:2") } }));
        Assert.Equal(ChangeAction.Replace, Assert.Single(changes).Action);
        Assert.Equal("h-s-jellyfin", Assert.Single(engine.Containers).Name);
    }

    [Fact]
    public async Task Fewer_and_more_instances_leave_the_others_alone()
    {
        await home.UpAsync(home.Blueprint(ModelHome.Service("a") with { Instances = 3 }));
        var first = engine.Containers[0].Id;
        var changes = await home.UpAsync(home.Blueprint(ModelHome.Service("a") with { Instances = 1 }));
        Assert.Equal(["s/a#2", "s/a#3"], changes.Select(change => change.Resource.Name));
        Assert.Equal(first, Assert.Single(engine.Containers).Id);
    }

    [Fact]
    public async Task A_renamed_service_begins_when_the_former_one_has_let_go_of_its_port_and_its_data()
    {
        ContainerSettings Settings() => ModelHome.WithVolume("data") with { Ports = [new("127.0.0.1", 8080, 8080, 80, "tcp")] };
        await home.UpAsync(home.Blueprint(ModelHome.Service("former", settings: Settings())));
        await home.UpAsync(home.Blueprint(ModelHome.Service("a", settings: Settings())));

        Assert.True(engine.Faults.Writes.IndexOf("stop container h-s-former") < engine.Faults.Writes.IndexOf("start container h-s-a"));
        Assert.Equal("h-s-a", Assert.Single(engine.Containers).Name);
    }

    [Fact]
    public async Task Two_that_trade_their_ports_both_come_up()
    {
        ContainerSettings On(int port) => ModelHome.OnDefault() with { Ports = [new("", port, port, 80, "tcp")] };
        Blueprint With(int first, int second) => home.Blueprint(ModelHome.Service("a", settings: On(first)), ModelHome.Service("b", settings: On(second)));
        await home.UpAsync(With(8080, 8081));
        await home.UpAsync(With(8081, 8080));

        Assert.All(engine.Containers, container => Assert.Equal("running", container.Status));
        Assert.Empty(await home.PlanAsync(With(8081, 8080)));
    }
}
