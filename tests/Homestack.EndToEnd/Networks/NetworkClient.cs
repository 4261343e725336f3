using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Networks;

/// <summary>A machine of its own on a cable to this one: a network namespace that can be reached from nowhere else.</summary>
internal sealed class NetworkClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string name;

    private NetworkClient(string name, string network)
    {
        this.name = name;
        Network = network + "0/24";
        Address = network + "2";
        Gateway = network + "1";
    }

    /// <summary>What it and this machine have in common, as a block.</summary>
    public string Network { get; }

    public string Address { get; }

    /// <summary>This machine's address on the cable.</summary>
    public string Gateway { get; }

    /// <param name="name">At most 12 letters, unique on this machine.</param>
    /// <param name="network">The first three numbers with their dots, such as <c>10.77.1.</c>.</param>
    public static async Task<NetworkClient> ConnectAsync(string name, string network)
    {
        var client = new NetworkClient(name, network);
        await RunAsync("ip", "netns", "del", name);
        await RunAsync("ip", "link", "del", "v-" + name);
        (await RunAsync("ip", "netns", "add", name)).Expect(0);
        (await RunAsync("ip", "link", "add", "v-" + name, "type", "veth", "peer", "name", "eth0", "netns", name)).Expect(0);
        (await RunAsync("ip", "address", "add", client.Gateway + "/24", "dev", "v-" + name)).Expect(0);
        (await RunAsync("ip", "link", "set", "v-" + name, "up")).Expect(0);
        (await client.RunAsync(Limit, "ip", "address", "add", client.Address + "/24", "dev", "eth0")).Expect(0);
        (await client.RunAsync(Limit, "ip", "link", "set", "eth0", "up")).Expect(0);
        (await client.RunAsync(Limit, "ip", "link", "set", "lo", "up")).Expect(0);
        (await client.RunAsync(Limit, "ip", "route", "add", "default", "via", client.Gateway)).Expect(0);
        return client;
    }

    /// <summary>Teaches it a name, as its hosts file would.</summary>
    /// <remarks><para>Source: ip-netns(8): files below <c>/etc/netns/NAME</c> are mounted over those in <c>/etc</c>.</para></remarks>
    public Task KnowAsync(string hostName, string address)
    {
        Directory.CreateDirectory(Files);
        return File.WriteAllTextAsync(Path.Combine(Files, "hosts"), $"127.0.0.1 localhost\n{address} {hostName}\n", TestContext.Current.CancellationToken);
    }

    private string Files => "/etc/netns/" + name;

    /// <summary>Runs a program there.</summary>
    public Task<CallResult> RunAsync(TimeSpan limit, params IEnumerable<string> words) => RunningProgram.RunAsync(["ip", "netns", "exec", name, .. words], limit);

    /// <summary>Asks a name server: the status, and what it answered.</summary>
    public async Task<(string Status, string Answer)> DigAsync(string server, int port, string question, string type = "A")
    {
        var result = (await RunAsync(Limit, "dig", "@" + server, "-p", $"{port}", question, type, "+tries=1", "+time=3", "+noall", "+comments", "+answer")).Expect(0);
        var status = result.Output.Split("status: ") is [_, var rest, ..] ? rest.Split(',')[0] : "nothing";
        return (status, string.Join(' ', result.Output.Split('\n').Where(line => line.Length > 0 && !line.StartsWith(';')).Select(line => line.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries)[^1])));
    }

    /// <summary>Fetches a page over HTTPS at a name that it is told the address of: curl's exit code, the status, and the page.</summary>
    public async Task<(int Exit, string Status, string Page)> FetchAsync(string hostName, int port, string address, string authority, string path = "/")
    {
        var result = await RunAsync(Limit, "curl", "--silent", "--max-time", "10", "--cacert", authority, "--resolve", $"{hostName}:{port}:{address}", "--write-out", "\n%{http_code}", $"https://{hostName}:{port}{path}");
        var lines = result.Output.Split('\n');
        return (result.ExitCode, lines[^1], string.Join('\n', lines[..^1]).Trim());
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("ip", "netns", "del", name);
        if (Directory.Exists(Files))
        {
            Directory.Delete(Files, recursive: true);
        }
    }

    private static Task<CallResult> RunAsync(params IEnumerable<string> words) => RunningProgram.RunAsync([.. words], Limit);
}
