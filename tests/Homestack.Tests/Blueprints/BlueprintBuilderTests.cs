using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Manifests;
using Homestack.Tests.Manifests;

namespace Homestack.Tests.Blueprints;

public sealed class BlueprintBuilderTests
{
    [Fact]
    public void Fills_in_what_the_manifest_leaves_out()
    {
        var (blueprint, diagnostics) = HomeUnderTest.Build(HomeUnderTest.Home(""));

        Assert.Empty(diagnostics);
        Assert.NotNull(blueprint);
        Assert.Equal(("krynet", "home.arpa", ReconcilePolicy.Report), (blueprint.Home, blueprint.Domain, blueprint.Reconcile));
        Assert.Equal("unix:///var/run/docker.sock", Assert.Single(blueprint.Hosts).Value.Engine);
        Assert.Empty(blueprint.NotYetManaged);
    }

    [Fact]
    public void A_host_without_connect_is_this_machine()
    {
        var (blueprint, _) = HomeUnderTest.Build(HomeUnderTest.Home("hosts: { nuc: { address: 192.168.1.10 }, relay: { address: 203.0.113.7, connect: ssh://root@203.0.113.7, role: relay } }\nstacks: [web.yaml]"), Web("web"));

        Assert.Equal(["nuc", "relay"], blueprint?.Hosts.Keys);
        Assert.Equal("nuc", blueprint?.Services["web/web"].Host);
    }

    [Fact]
    public void A_stack_runs_on_the_host_it_names()
    {
        var (blueprint, diagnostics) = HomeUnderTest.Build(HomeUnderTest.Home("hosts: { attic: { connect: ssh://ana@attic } }\nstacks: { web: { file: web.yaml, host: attic } }"), Web("web"));

        Assert.Empty(diagnostics);
        Assert.Equal(["attic", "local"], blueprint?.Hosts.Keys);
        Assert.Equal("attic", blueprint?.Services["web/web"].Host);
    }

    [Fact]
    public void The_environment_names_the_engine_of_a_host_without_connect()
    {
        var reader = new FolderInMemory([HomeUnderTest.Home("hosts: { nuc: { address: 192.168.1.10 }, attic: { connect: ssh://ana@attic } }")]);
        var options = new LoadOptions(ValueMap<string>.Empty.With("DOCKER_HOST", "unix:///run/other.sock"), []);
        var manifest = ManifestLoader.Load(reader, options, new());
        Assert.NotNull(manifest);
        var blueprint = BlueprintBuilder.Build(manifest, HomeUnderTest.Folder, new());

        Assert.Equal("unix:///run/other.sock", blueprint?.Hosts["nuc"].Engine);
        Assert.Equal("ssh://ana@attic", blueprint?.Hosts["attic"].Engine);
    }

    public static TheoryData<string> References() => [.. ReferenceFiles.Names()];

    [Theory, MemberData(nameof(References))]
    public void A_reference_file_builds(string name)
    {
        var (blueprint, diagnostics) = HomeUnderTest.Build(("homestack.yaml", ReferenceFiles.Read(name)), ("stacks/photos.yaml", Web("web").Text), ("office/compose.yaml", Web("web").Text));

        Assert.Empty(diagnostics);
        Assert.NotNull(blueprint);
    }

    [Fact]
    public void The_same_files_give_an_equal_blueprint()
    {
        var files = new[] { HomeUnderTest.Home("stacks: [a.yaml, b.yaml]\nzones: { lan: 192.168.1.0/24 }"), ("a.yaml", Web("a").Text), ("b.yaml", Web("b").Text) };

        var (first, _) = HomeUnderTest.Build(files);
        var (second, _) = HomeUnderTest.Build(files);

        Assert.NotNull(first);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second?.GetHashCode());
    }

    [Fact]
    public void What_no_plane_brings_about_is_said_in_a_sentence_each()
    {
        var (blueprint, _) = HomeUnderTest.Build(HomeUnderTest.Home("zones: { lan: 192.168.1.0/24 }\npeople: { ana: { role: admin } }\napps: { jellyfin: { expose: [lan] } }\nlisten: { https: 8443 }"));

        Assert.Equal(["apps", "people"], blueprint?.NotYetManaged.Keys);
        Assert.All(blueprint?.NotYetManaged.Values ?? [], sentence => Assert.EndsWith(".", sentence));
    }

    private static (string Path, string Text) Web(string service) => ("web.yaml", $"services:\n  {service}:\n    image: nginx:1.27\n");
}
