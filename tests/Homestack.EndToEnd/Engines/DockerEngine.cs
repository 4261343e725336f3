using System.Globalization;
using System.Text.Json.Nodes;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Engines;

/// <summary>A Docker Engine of the test's own: its socket, storage and address pool meet no other engine's, so that several run at once.</summary>
/// <remarks>
/// It keeps out of the machine's packet filter, which all engines of a machine share; ports are published by Docker's own proxy program.
/// There is no default bridge: a container is on the networks that it names.
/// </remarks>
public sealed class DockerEngine : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly EngineSlot slot = EngineSlot.Take();
    private RunningProgram? daemon;
    private EngineSocket? api;

    /// <summary>The path of the engine's socket.</summary>
    public string Socket => slot.Folder + "/docker.sock";

    /// <summary>As <c>DOCKER_HOST</c> and <c>connect:</c> take it.</summary>
    public string Address => "unix://" + Socket;

    /// <summary>Where things of one test may lie; goes away with the engine.</summary>
    public string Folder => slot.Folder;

    /// <summary>Arguments of dockerd besides the usual ones, for its next start.</summary>
    public IReadOnlyList<string> Further { get; set; } = [];

    internal EngineSocket Api => api ??= new EngineSocket(Socket);

    /// <summary>A port on loopback that is this engine's alone.</summary>
    /// <param name="index">0 to 99.</param>
    public int Port(int index) => 20000 + (slot.Number * 100) + index;

    /// <summary>Starts with no containers, volumes, networks of its own or images.</summary>
    public async ValueTask InitializeAsync()
    {
        await EndFormerAsync();
        await StartAsync();
    }

    /// <summary>Starts the engine on what its storage holds.</summary>
    public async Task StartAsync()
    {
        daemon = RunningProgram.Start(
        [
            "dockerd", "--host", Address, "--data-root", slot.Folder + "/data", "--exec-root", slot.Folder + "/exec", "--pidfile", slot.Folder + "/pid",
            "--bridge", "none", "--iptables=false", "--ip6tables=false", "--ip-masq=false",
            "--default-address-pool", string.Create(CultureInfo.InvariantCulture, $"base=10.{190 + slot.Number}.0.0/16,size=26"),
            "--insecure-registry", "127.0.0.0/8",
            .. Further,
        ]);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                Assert.False(daemon.HasEnded, daemon.HasEnded ? (await daemon.EndAsync(StartLimit)).ToString() : "");
                return File.Exists(Socket) && await Api.AnswersAsync();
            },
            StartLimit,
            "dockerd answers");
    }

    /// <summary>Ends the engine as its service manager would; containers end with it.</summary>
    public async Task StopAsync()
    {
        if (daemon is { } running)
        {
            running.Signal(Signals.Terminate);
            await running.EndAsync(StartLimit);
            await running.DisposeAsync();
            daemon = null;
        }
    }

    /// <summary>Makes an image from busybox under each name; two names have two digests.</summary>
    public async Task ImportAsync(params IEnumerable<string> images)
    {
        foreach (var image in images)
        {
            var colon = image.LastIndexOf(':');
            await Api.SendTarAsync($"images/create?fromSrc=-&repo={image[..colon]}&tag={image[(colon + 1)..]}", BusyboxImage.Pack(image));
        }
    }

    /// <summary>Takes everything away but the images.</summary>
    public async Task EmptyAsync()
    {
        var containers = await Api.GetAsync("containers/json?all=true");
        await Task.WhenAll(Ids(containers, "Id").Select(id => Api.SendAsync(HttpMethod.Delete, $"containers/{id}?force=true&v=true", mayBeGone: true)));
        var networks = await Api.GetAsync("networks?filters=" + Uri.EscapeDataString("""{"type":["custom"]}"""));
        await Task.WhenAll(Ids(networks, "Id").Select(RemoveNetworkAsync));
        var volumes = await Api.GetAsync("volumes");
        await Task.WhenAll(Ids(volumes["Volumes"], "Name").Select(name => Api.SendAsync(HttpMethod.Delete, $"volumes/{name}?force=true", mayBeGone: true)));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (daemon is { HasEnded: false })
            {
                await EmptyAsync();
            }

            await StopAsync();
        }
        finally
        {
            api?.Dispose();
            Forget();
            slot.Dispose();
        }
    }

    /// <remarks>An engine may still count a container that was killed past it: it is detached by force.</remarks>
    private async Task RemoveNetworkAsync(string id)
    {
        var members = (await Api.GetAsync("networks/" + id))["Containers"] as JsonObject ?? [];
        foreach (var member in members.Select(member => member.Key.StartsWith("ep-", StringComparison.Ordinal) ? (string?)member.Value?["Name"] ?? "" : member.Key))
        {
            await Api.SendAsync(HttpMethod.Post, $"networks/{id}/disconnect", new JsonObject { ["Container"] = member, ["Force"] = true }, mayBeGone: true);
        }

        await Api.SendAsync(HttpMethod.Delete, "networks/" + id, mayBeGone: true);
    }

    private static IEnumerable<string> Ids(JsonNode? list, string key) => list is JsonArray items ? items.Select(item => (string?)item?[key] ?? "") : [];

    /// <summary>Ends an engine that a killed test run left behind at this place.</summary>
    private async Task EndFormerAsync()
    {
        if (File.Exists(slot.Folder + "/pid") && int.TryParse(await File.ReadAllTextAsync(slot.Folder + "/pid"), NumberStyles.None, CultureInfo.InvariantCulture, out var former)
            && ProcessTable.Find("dockerd", Address).Contains(former))
        {
            if (await Api.AnswersAsync())
            {
                await EmptyAsync();
            }

            Signals.Send(former, Signals.Terminate);
            await Eventually.BecomesTrueAsync(() => !Signals.IsAlive(former), StartLimit, "a former dockerd ends");
        }

        Forget();
        Directory.CreateDirectory(slot.Folder);
    }

    private void Forget()
    {
        foreach (var mount in File.ReadAllLines("/proc/mounts").Select(line => line.Split(' ')[1]).Where(mount => mount.StartsWith(slot.Folder + "/", StringComparison.Ordinal)).Reverse())
        {
            Mounts.Detach(mount);
        }

        if (Directory.Exists(slot.Folder))
        {
            Directory.Delete(slot.Folder, recursive: true);
        }
    }
}
