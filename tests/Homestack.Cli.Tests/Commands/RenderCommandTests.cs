using Homestack.Machine;

namespace Homestack.Cli.Tests.Commands;

public sealed class RenderCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("homestack-render-").FullName;

    public RenderCommandTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "home"));
        File.WriteAllText(Path.Combine(folder, "home/homestack.yaml"), "homestack: 1\nhome: krynet\nstacks: [photos.yaml]\n");
        File.WriteAllText(Path.Combine(folder, "home/photos.yaml"), """
            services:
              server:
                image: web:1
                environment: { PASSWORD: "${secret:db}", PRICE: "5$$" }
                volumes: [library:/data]
            volumes: { library: }
            """);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Compose_goes_to_standard_output_with_dollars_escaped_and_secrets_as_variables()
    {
        var terminal = await RunAsync(ExitCode.Fine, "--to", "compose");

        Assert.Equal("""
            services:
              server:
                image: web:1
                environment:
                  PASSWORD: "${DB}"
                  PRICE: "5$$"
                networks:
                  default: {}
                volumes:
                  - library:/data
            networks:
              default:
                name: krynet-photos-default
                driver: bridge
            volumes:
              library:
                name: krynet-photos-library
                driver: local

            """, terminal.Output);
        Assert.Contains("DB", terminal.Error);
    }

    [Fact]
    public async Task A_folder_gets_a_file_for_each_stack_and_never_loses_one_that_is_there()
    {
        var target = Path.Combine(folder, "plain");
        var terminal = await RunAsync(ExitCode.Fine, "--to", "compose", "--out", target);
        Assert.Contains("photos/compose.yaml", terminal.Output);
        Assert.Equal("# secret db\nDB=\n", await File.ReadAllTextAsync(target + "/photos/.env.sample", TestContext.Current.CancellationToken));
        await RunAsync(ExitCode.Fine, "--to", "compose", "--out", target);

        await File.WriteAllTextAsync(target + "/photos/compose.yaml", "services: {}\n", TestContext.Current.CancellationToken);
        var refused = await RunAsync(ExitCode.Error, "--to", "compose", "--out", target);
        Assert.Contains("is there already", refused.Error);
        Assert.Equal("services: {}\n", await File.ReadAllTextAsync(target + "/photos/compose.yaml", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_blueprint_is_JSON()
    {
        var terminal = await RunAsync(ExitCode.Fine, "--to", "blueprint");
        using var json = System.Text.Json.JsonDocument.Parse(terminal.Output);
        Assert.Contains("${secret:db}", terminal.Output);
    }

    [Fact]
    public async Task A_zone_file_for_each_view_is_one_that_BIND_takes()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "home/homestack.yaml"), """
            homestack: 1
            home: krynet
            domain: home.example.org
            hosts: { here: { address: 192.168.1.10 } }
            zones: { lan: 192.168.1.0/24, vpn: 10.8.0.0/24 }
            dns: { records: { printer: 192.168.1.50, alias: printer, six: "fd00::1", other.example.com: 10.0.0.1 } }
            sites: { notes: { folder: ./notes, expose: [lan] } }
            """, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(folder, "home/notes"));
        var target = Path.Combine(folder, "zones");
        await RunAsync(ExitCode.Fine, "--to", "zone", "--out", target);
        await RunAsync(ExitCode.Fine, "--to", "zone", "--out", target);

        foreach (var name in new[] { "home.example.org", "other.example.com", "168.192.in-addr.arpa" })
        {
            Assert.True(File.Exists(Path.Combine(target, $"lan/{name}.zone")) && File.Exists(Path.Combine(target, $"vpn/{name}.zone")), name);
        }

        foreach (var file in Directory.GetFiles(target, "*", SearchOption.AllDirectories))
        {
            var check = await new CommandRunner().RunAsync(new("/usr/bin/named-checkzone", ["-D", Path.GetFileNameWithoutExtension(file), file]), TestContext.Current.CancellationToken);
            Assert.True(check.ExitCode == 0, check.OutputText + check.ErrorText);
            Assert.Equal(file.Contains("/lan/home", StringComparison.Ordinal), check.OutputText.Contains("notes.home.example.org.", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("nftables", "not built"), InlineData("wireguard", "not built"), InlineData("libvirt", "not built"), InlineData("compsoe", "Did you mean \"compose\"?")]
    public async Task Other_formats_are_refused_in_words(string format, string words)
    {
        var terminal = await RunAsync(ExitCode.Error, "--to", format);
        Assert.Contains(words, terminal.Error);
        Assert.Empty(terminal.Output);
    }

    private async Task<Terminal> RunAsync(ExitCode expected, params string[] arguments)
    {
        var terminal = new Terminal();
        Assert.Equal(expected, await terminal.RunAsync(["render", Path.Combine(folder, "home"), .. arguments, "--state", Path.Combine(folder, "state")]));
        return terminal;
    }
}
