using FsCheck;
using FsCheck.Fluent;
using Homestack.Blueprints;
using Homestack.Blueprints.Rendering;
using Homestack.Blueprints.Stacks;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests;
using Homestack.Manifests.Compose;
using Homestack.Primitives;
using Homestack.Tests.Manifests;

namespace Homestack.Tests.Blueprints.Rendering;

public sealed class ComposeWriterTests
{
    [Fact]
    public void Writes_a_stack_that_people_can_read()
    {
        var document = ComposeWriter.WriteStacks(Sample(), ComposeSecrets.Variables)["photos"];

        Assert.Equal("""
            services:
              server:
                image: ghcr.io/immich-app/immich-server:v2
                command:
                  - /bin/sh
                  - "-c"
                  - "echo $$HOME"
                environment:
                  DB_PASSWORD: "${DB_PASSWORD}"
                  TZ: Europe/Bucharest
                restart: unless-stopped
                networks:
                  default: {}
                ports:
                  - "127.0.0.1:2283:2283/tcp"
                volumes:
                  - library:/data
                  - /etc/localtime:/etc/localtime:ro
                secrets:
                  - source: server-1
                    target: /etc/app.conf
            networks:
              default:
                name: krynet-photos-default
            volumes:
              library:
                name: krynet-photos-library
            secrets:
              server-1:
                file: ./files/server-1

            """, document.Text);
        Assert.Equal("# secret db-password\nDB_PASSWORD=\n", document.SampleVariables);
        Assert.Equal("port = 1\n", document.Files["files/server-1"]);
    }

    [Fact]
    public void Stacks_with_equal_keys_stay_apart_in_one_document()
    {
        var one = Sample();
        var other = one.Services["photos/server"] with { Stack = "films", Container = new() { Networks = new[] { "films/default" }.ToValueMap(key => key, _ => new NetworkAttachment()) } };
        var both = one with
        {
            Services = one.Services.With("films/server", other),
            Networks = one.Networks.With("films/default", new() { Stack = "films", Key = "default", EngineName = "krynet-films-default" }),
        };

        var text = ComposeWriter.Write(both, ComposeSecrets.Variables).Text;

        Assert.Contains("\n  films-server:\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  photos-server:\n", text, StringComparison.Ordinal);
        Assert.Contains("      films-default:\n        aliases:\n          - server\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  films-default:\n    name: krynet-films-default\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_secrets_never_become_one_variable()
    {
        var names = new[] { "a.b", "a-b", "9" };
        var environment = names.ToValueMap(name => $"V{Array.IndexOf(names, name)}", Text.SecretNamed);
        var blueprint = Sample();
        var service = blueprint.Services["photos/server"];
        blueprint = blueprint with { Services = blueprint.Services.With("photos/server", service with { Container = service.Container with { Environment = environment } }) };

        var document = ComposeWriter.Write(blueprint, ComposeSecrets.Variables);

        Assert.Equal(["A_B=a.b", "A_B_2=a-b", "_9=9"], document.Variables.Select(variable => $"{variable.Key}={variable.Value}"));
    }

    [Fact]
    public void What_was_written_loads_with_the_same_meaning()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
        {
            var blueprint = GeneratedBlueprint.Make(seed);
            var document = ComposeWriter.Write(blueprint, ComposeSecrets.Variables);
            var read = Load(document.Text, document.Variables.ToValueMap(variable => variable.Key, variable => Value(variable.Value)));
            Same(blueprint, read);

            // Named secrets come back as what they were.
            var named = Load(ComposeWriter.Write(blueprint, ComposeSecrets.Names).Text, ValueMap<string>.Empty);
            Assert.Equal(blueprint.Services.Select(service => service.Value.Container.Environment), named.Services.Select(service => service.Value.Container.Environment));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static string Value(string secret) => $"$value of {secret}";

    private static void Same(Blueprint expected, StackBlueprint read)
    {
        foreach (var (owner, service) in expected.Services)
        {
            // The texts first: they show what differs.
            Assert.Equal(Revealed(service).ToString(), Revealed(read.Services[owner]).ToString());
            Assert.Equal(Revealed(service), Revealed(read.Services[owner]));
        }

        // What no service uses is not part of a home.
        Assert.Equal(expected.Networks.Where(network => read.Networks.ContainsKey(network.Key)).Select(network => network.Value), read.Networks.Values.Select(network => network with { Place = "" }));
        Assert.Equal(expected.Volumes.Where(volume => read.Volumes.ContainsKey(volume.Key)).Select(volume => volume.Value), read.Volumes.Values.Select(volume => volume with { Place = "" }));
    }

    private static Service Revealed(Service service) => service with
    {
        Place = "",
        Container = service.Container with { Environment = service.Container.Environment.ToValueMap(pair => pair.Key, pair => Text.Literal(pair.Value.Reveal(Value))) },
    };

    private static StackBlueprint Load(string text, ValueMap<string> environment)
    {
        var diagnostics = new DiagnosticBag();
        var spec = StackLoader.Load(new MemorySources(("photos.yaml", text)), "photos.yaml", GeneratedBlueprint.Stack, LoadOptions.Empty with { Environment = environment }, diagnostics);
        var built = spec is null ? null : StackBuilder.Build(spec, new("krynet", "/home/ana/home", Host.Local), diagnostics);
        Assert.True(built is not null && !diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error && diagnostic.Code is not ("HS2042" or "HS2043")), string.Join('\n', diagnostics) + "\n" + text);
        return built;
    }

    private static Blueprint Sample() => new()
    {
        Home = "krynet",
        Services = new[] { "photos/server" }.ToValueMap(owner => owner, _ => new Service
        {
            Stack = "photos",
            Name = "server",
            Image = new() { Reference = new("ghcr.io/immich-app/immich-server", "v2", null) },
            Container = new()
            {
                Command = ["/bin/sh", "-c", "echo $HOME"],
                Environment = new[] { ("TZ", Text.Literal("Europe/Bucharest")), ("DB_PASSWORD", Text.SecretNamed("db-password")) }.ToValueMap(pair => pair.Item1, pair => pair.Item2),
                Restart = new(RestartCondition.UnlessStopped, 0),
                Networks = new[] { "photos/default" }.ToValueMap(key => key, _ => new NetworkAttachment()),
                Ports = [new("127.0.0.1", 2283, 2283, 2283, "tcp")],
                Mounts =
                [
                    new() { Kind = MountKind.Volume, Source = "photos/library", Target = "/data" },
                    new() { Kind = MountKind.Content, Target = "/etc/app.conf", Content = Text.Literal("port = 1\n"), IsReadOnly = true },
                    new() { Kind = MountKind.Bind, Source = "/etc/localtime", Target = "/etc/localtime", IsReadOnly = true, CreatesHostPath = true },
                ],
            },
        }),
        Networks = new[] { "photos/default" }.ToValueMap(key => key, _ => new Network { Stack = "photos", Key = "default", EngineName = "krynet-photos-default" }),
        Volumes = new[] { "photos/library" }.ToValueMap(key => key, _ => new Volume { Stack = "photos", Key = "library", EngineName = "krynet-photos-library" }),
    };
}
