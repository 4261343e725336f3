using FsCheck;
using FsCheck.Fluent;
using Homestack.Blueprints;
using Homestack.Blueprints.Rendering;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests;
using Homestack.Planes;
using Homestack.Planes.Containers;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Planes.Containers.Importing;
using Homestack.Tests.Blueprints.Rendering;
using Homestack.Tests.Manifests;

namespace Homestack.Tests.Planes.Containers.Importing;

public sealed class ImporterTests
{
    private const string ImageId = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public void What_is_imported_has_an_empty_plan()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
        {
            var found = Running(GeneratedBlueprint.Make(seed));
            var home = Importer.Import("home", found, ValueMap<string>.Empty);
            Assert.Equal(found.Count, home.Blueprint.Services.Count + home.LeftOut.Count);
            Assert.Empty(Plan(home, found));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void A_compose_project_becomes_a_stack_and_loose_containers_stand_together()
    {
        var home = Import(
            Sample("photos_db_1", project: "photos", service: "db"),
            Sample("photos_db_2", project: "photos", service: "db", number: "2"),
            Sample("dns"),
            Sample("My Box"));

        Assert.Equal(["imported/My-Box", "imported/dns", "photos/db", "photos/db-2"], home.Blueprint.Services.Keys);
        Assert.Equal("photos_db_2", home.Containers["photos/db-2"]);
        Assert.All(home.Blueprint.Services.Values, service => Assert.Equal(64, service.Adopt.Length));
    }

    [Fact]
    public void What_the_image_says_is_not_said_again()
    {
        var image = new ContainerBody
        {
            Env = ["PATH=/bin", "LANG=C"], Cmd = ["serve"], Entrypoint = ["/init"], WorkingDir = "/app", User = "app", StopSignal = "SIGINT",
            Labels = Pairs("org.example", "yes"), ExposedPorts = Keys("80/tcp"), Volumes = Keys("/data"), Healthcheck = new() { Test = ["CMD", "true"] },
        };
        var found = Sample("web", image: image);
        found = found with { Container = found.Container with { Config = image with { Image = "web:1", Env = ["PATH=/bin", "LANG=C", "TZ=UTC"], Hostname = found.Container.Id[..12] } } };

        var settings = Import(found).Blueprint.Services["imported/web"].Container;

        Assert.Equal(new ContainerSettings { Environment = settings.Environment, Networks = settings.Networks }, settings);
        Assert.Equal(["TZ"], settings.Environment.Keys);
    }

    [Fact]
    public void Another_entrypoint_keeps_its_command_even_when_the_image_has_the_same()
    {
        var found = Sample("web", image: new() { Cmd = ["serve"], Entrypoint = ["/init"] });
        found = found with { Container = found.Container with { Config = new() { Image = "web:1", Entrypoint = ["/other"], Cmd = ["serve"] } } };

        Assert.Equal(["serve"], Import(found).Blueprint.Services["imported/web"].Container.Command);
    }

    [Fact]
    public void Secrets_leave_the_file_and_keep_their_values()
    {
        var found = Sample("db");
        found = found with { Container = found.Container with { Config = found.Container.Config with { Env = ["POSTGRES_PASSWORD=geheim$1", "POSTGRES_USER=ana", "POSTGRES_PASSWORD_FILE=/run/x"] } } };

        var home = Import(found);
        var files = HomeWriter.Write(home.Blueprint);

        Assert.Equal(["imported-db-postgres-password=geheim$1"], home.Secrets.Select(secret => $"{secret.Key}={secret.Value}"));
        Assert.DoesNotContain(files.Values, text => text.Contains("geheim", StringComparison.Ordinal));
        Assert.Contains("    x-homestack:\n      secrets:\n        POSTGRES_PASSWORD: imported-db-postgres-password\n", files["stacks/imported.yaml"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DB_PASSWORD", "x", true), InlineData("MYSQL_ROOT_PASSWORD", "x", true), InlineData("API_KEY", "x", true), InlineData("APIKEY", "x", true), InlineData("JWT_SECRET", "x", true)]
    [InlineData("GITHUB_TOKEN", "x", true), InlineData("PGPASSWORD", "x", true), InlineData("DATABASE_URL", "postgres://ana:geheim@db/x", true), InlineData("DB_PASS", "x", true)]
    [InlineData("DB_PASSWORD_FILE", "/run/x", false), InlineData("PASSWORD_LOGIN", "true", false), InlineData("KEYBOARD", "de", false), InlineData("MONKEY", "x", false), InlineData("PWD", "/", false)]
    [InlineData("SSH_PUBLIC_KEY", "x", false), InlineData("TZ", "UTC", false), InlineData("EMPTY_PASSWORD", "", false), InlineData("DATABASE_URL", "postgres://db/x", false)]
    public void Guesses_by_its_name_what_is_a_secret(string name, string value, bool isSecret) => Assert.Equal(isSecret, SecretLikeness.IsSecret(name, value));

    [Fact]
    public void What_cannot_be_said_is_left_out_with_its_reason_and_so_is_what_shares_with_it()
    {
        var vpn = Sample("vpn") is var made ? made with { Container = made.Container with { HostConfig = made.Container.HostConfig with { AutoRemove = true } } } : made;
        var torrent = Sample("torrent") is var other ? other with { Container = other.Container with { HostConfig = new() { NetworkMode = "container:" + vpn.Container.Id } } } : other;

        var home = Import(vpn, torrent, Sample("web"));

        Assert.Equal(["imported/web"], home.Blueprint.Services.Keys);
        Assert.Equal(["torrent", "vpn"], home.LeftOut.Select(left => left.Container));
        Assert.StartsWith("it shares network", home.LeftOut[0].Reason, StringComparison.Ordinal);
        Assert.StartsWith("it removes itself", home.LeftOut[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_without_its_name_is_written_by_another_name_or_left_out()
    {
        var moved = Sample("web") is var made ? made with { Image = new() { Id = ImageId, RepoTags = [], RepoDigests = ["web@sha256:" + new string('2', 64)] } } : made;
        var nameless = Sample("db") is var other ? other with { Image = new() { Id = ImageId } } : other;

        var home = Import(moved, nameless);

        Assert.Equal("web@sha256:" + new string('2', 64), home.Blueprint.Services["imported/web"].Image.Reference.ToString());
        Assert.Contains("docker tag", Assert.Single(home.LeftOut).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My Home!", "my-home"), InlineData("", "home"), InlineData("---", "home"), InlineData("a_very_long_name_that_does_not_end_soon_enough", "a-very-long-name-that-does-not-e")]
    public void Any_folder_gives_a_home_a_name(string folder, string name) => Assert.Equal(name, Importer.HomeName(folder));

    private static ImportedHome Import(params FoundContainer[] found) => Importer.Import("home", found.ToValueList(), ValueMap<string>.Empty);

    private static FoundContainer Sample(string name, string project = "", string service = "", string number = "1", ContainerBody? image = null) => new(
        new()
        {
            Id = Id(name),
            Name = "/" + name,
            Image = ImageId,
            State = new() { Status = "running" },
            Config = new()
            {
                Image = "web:1",
                Labels = project.Length == 0 ? null : new[] { ("project", project), ("service", service), ("container-number", number) }.ToValueMap(pair => "com.docker.compose." + pair.Item1, pair => pair.Item2),
            },
            HostConfig = new() { NetworkMode = "net" },
            NetworkSettings = new() { Networks = new[] { "net" }.ToValueMap(key => key, _ => new EndpointSettings()) },
        },
        new() { Id = ImageId, RepoTags = ["web:1"], Config = image ?? new() });

    private static string Id(string name) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)));

    private static ValueMap<string> Pairs(string key, string value) => new[] { key }.ToValueMap(name => name, _ => value);

    private static ValueMap<EmptyObject> Keys(params string[] keys) => keys.ToValueMap(key => key, _ => new EmptyObject());

    /// <summary>The containers of a home as an engine shows them, but without any mark of ours.</summary>
    private static ValueList<FoundContainer> Running(Blueprint blueprint)
    {
        var desired = ContainersCompiler.Compile(blueprint with
        {
            // An engine has no notation for a folder that is to be made and has a colon in its name.
            Services = blueprint.Services.ToValueMap(pair => pair.Key, pair => pair.Value with
            {
                Instances = 1,
                Container = pair.Value.Container with { Mounts = pair.Value.Container.Mounts.Where(mount => !mount.Source.Contains(':') || !mount.CreatesHostPath).ToValueList() },
            }),
        }, []);
        return desired.Containers.Select(container => new FoundContainer(Show(container), new() { Id = ImageId, RepoTags = [container.Image.Reference.ToString()], Config = new() { Env = ["PATH=/bin"] } }))
            .OrderBy(found => found.Name, StringComparer.Ordinal).ToValueList();
    }

    private static ContainerInspection Show(Container container)
    {
        var (body, limits) = (container.Body, container.Limits);
        string? AsId(string? mode) => mode is not null && mode.StartsWith("service:", StringComparison.Ordinal) ? "container:" + IdOf(mode["service:".Length..]) : mode;
        var host = (body.HostConfig ?? new()) with
        {
            NetworkMode = container.Networks is [var first, ..] ? first.Network : AsId(body.HostConfig?.NetworkMode),
            PidMode = AsId(body.HostConfig?.PidMode),
            IpcMode = AsId(body.HostConfig?.IpcMode),
            VolumesFrom = body.HostConfig?.VolumesFrom?.Select(from => from.StartsWith("service:", StringComparison.Ordinal) ? from["service:".Length..].Split(':') is [var owner, .. var rest] ? string.Join(':', [IdOf(owner), .. rest]) : from : from).ToValueList(),
            NanoCpus = limits.NanoCpus, CpuShares = limits.CpuShares, CpusetCpus = limits.CpusetCpus, Memory = limits.Memory, MemoryReservation = limits.MemoryReservation,
            MemorySwap = limits.MemorySwap ?? limits.Memory * 2, PidsLimit = limits.PidsLimit, RestartPolicy = limits.RestartPolicy ?? new("no", 0),
        };
        return new()
        {
            Id = IdOf(container.Owner),
            Name = "/" + container.Name,
            Image = ImageId,
            State = new() { Status = "running" },
            Config = body with { Image = container.Image.Reference.ToString(), HostConfig = null, Env = [.. container.Environment.Select(variable => $"{variable.Key}={variable.Value.Reveal(name => "value of " + name)}"), "PATH=/bin"] },
            HostConfig = host,
            NetworkSettings = new() { Networks = (container.Networks ?? []).ToValueMap(network => network.Network, network => network.Settings) },
        };
    }

    private static string IdOf(string owner) => Id(owner);

    /// <summary>Writes the home, loads it again, and compares it with the same containers.</summary>
    private static IEnumerable<ResourceChange> Plan(ImportedHome home, ValueList<FoundContainer> found)
    {
        var diagnostics = new DiagnosticBag();
        var files = HomeWriter.Write(home.Blueprint);
        var manifest = ManifestLoader.Load(new MemorySources([.. files.Select(file => (file.Key, file.Value))]), LoadOptions.Empty, diagnostics);
        var blueprint = manifest is null ? null : BlueprintBuilder.Build(manifest, "/home/ana/home", diagnostics);
        Assert.True(blueprint is not null, string.Join('\n', diagnostics.Select(diagnostic => diagnostic.ToString()).Concat(files.Values)));
        var desired = ContainersCompiler.Compile(blueprint, diagnostics);
        var observed = new ContainersObserved
        {
            Hosts = new[] { Host.Local }.ToValueMap(name => name, _ => new HostObserved
            {
                Api = "1.41",
                Containers = found.Where(container => desired.Containers.Any(wanted => wanted.Adopt == container.Container.Id)).Select(container => ContainerReader.Read(container.Container, container.Image)).ToValueList(),
                Images = desired.Containers.Select(container => container.Image.Reference.ToString()).Distinct().ToValueMap(name => name, _ => new ImageObserved(ImageId, "", [], [], false)),
                ForeignNetworks = desired.Networks.Select(network => network.Body.Name).Distinct().ToValueMap(name => name, name => name),
                ForeignVolumes = desired.Volumes.Select(volume => volume.Body.Name).Distinct().ToValueMap(name => name, _ => "local"),
            }),
            SecretDigests = home.Secrets,
        };
        var changes = ContainersDiffer.Diff(desired, observed, diagnostics);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        return changes;
    }
}
