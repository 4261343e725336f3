using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestack.Collections;
using Homestack.Fronts;

namespace Homestack.Front.Tests;

/// <summary>A snapshot is taken whole or not at all.</summary>
public sealed class SnapshotTests : IDisposable
{
    private const string Host = "app.home.test";

    private readonly RawBackend backend = new();

    public void Dispose() => backend.Dispose();

    [Fact]
    public async Task A_hundred_snapshots_are_swapped_and_no_request_fails()
    {
        await using var front = await StartAsync();
        using var client = front.Client();
        using var end = new CancellationTokenSource();
        var asked = 0;
        var loops = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!end.IsCancellationRequested)
            {
                using var ask = new HttpRequestMessage(HttpMethod.Get, front.Url(Host)) { Version = asked % 2 == 0 ? HttpVersion.Version11 : HttpVersion.Version20 };
                using var answer = await client.SendAsync(ask, CancellationToken.None);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Interlocked.Increment(ref asked);
            }
        }).ToArray();
        var extra = FrontUnderTest.FreePort();
        for (var turn = 0; turn < 100; turn++)
        {
            var snapshot = front.Snapshot(FrontUnderTest.Proxy(Host, backend.Port), FrontUnderTest.Proxy($"turn{turn}.home.test", 80, "lan"));
            await front.TakenAsync(IngressSnapshot.Slot, turn % 2 == 0 ? snapshot : snapshot with { Http = [$"127.0.0.1:{extra}", $"0.0.0.0:{front.HttpPort}"] });
            await front.LocateAsync(Host, "127.0.0.1");
        }

        await end.CancelAsync();
        await Task.WhenAll(loops);
        Assert.True(asked > 100, $"{asked}");
    }

    [Fact]
    public async Task After_a_restart_it_serves_what_is_on_disk_within_a_second()
    {
        await using var front = await StartAsync();
        var before = await Digests(front);
        await front.StopAsync();
        var began = Stopwatch.GetTimestamp();
        await front.RunAsync();
        using var client = front.Client();
        Assert.Equal("hello", await client.GetStringAsync(front.Url(Host), TestContext.Current.CancellationToken));
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1));
        Assert.Equal(before, await Digests(front));
        Assert.Equal(["addresses", "certificates", "ingress"], before.Keys);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(FrontUnderTest.Bytes(front.Ingress))), before[IngressSnapshot.Slot]);
    }

    [Fact]
    public async Task A_snapshot_that_makes_no_sense_leaves_the_old_one_serving()
    {
        await using var front = await StartAsync();
        var before = await Digests(front);
        using var taken = new TcpListener(IPAddress.Any, FrontUnderTest.FreePort());
        taken.Start();
        var good = front.Snapshot(FrontUnderTest.Proxy(Host, backend.Port));
        var stranger = front.Authority.Issue("a.test") with { KeyPem = front.Authority.Issue("b.test").KeyPem };
        var bad = new (string Slot, byte[] Bytes)[]
        {
            ("ingress", Encoding.UTF8.GetBytes("{")),
            ("ingress", Encoding.UTF8.GetBytes("null")),
            ("ingress", Encoding.UTF8.GetBytes("{\"unknown\":1}")),
            ("ingress", Encoding.UTF8.GetBytes("{\"home\":\"a\",\"home\":\"b\"}")),
            ("ingress", Encoding.UTF8.GetBytes("{\"https\":[\"nonsense\"]}")),
            ("ingress", FrontUnderTest.Bytes(good with { Http = [$"0.0.0.0:{((IPEndPoint)taken.LocalEndpoint).Port}"], Https = [.. good.Https, $"127.0.0.1:{FrontUnderTest.FreePort()}"] })),
            ("ingress", FrontUnderTest.Bytes(good with { Https = ["192.0.2.77:4433"] })),
            ("ingress", FrontUnderTest.Bytes(front.Snapshot(FrontUnderTest.Proxy(Host, 80, "moon")))),
            ("ingress", FrontUnderTest.Bytes(front.Snapshot(FrontUnderTest.Proxy(Host, 80), FrontUnderTest.Proxy(Host, 81, "lan")))),
            ("ingress", FrontUnderTest.Bytes(front.Snapshot(new FrontRoute { Name = "x", Hosts = ["x.test"], Zones = ["lan"] }))),
            ("ingress", FrontUnderTest.Bytes(front.Snapshot(new FrontRoute { Name = "x", Hosts = ["x.test"], Zones = ["lan"], Proxy = "file:///etc/passwd" }))),
            ("ingress", FrontUnderTest.Bytes(front.Snapshot(new FrontRoute { Name = "x", Hosts = ["X y"], Zones = ["lan"], Folder = "/srv" }))),
            ("certificates", FrontUnderTest.Bytes(new CertificatesSnapshot([stranger], ""))),
            ("certificates", FrontUnderTest.Bytes(new CertificatesSnapshot([], "not pem"))),
            ("addresses", FrontUnderTest.Bytes(new AddressesSnapshot(new Dictionary<string, ValueList<string>> { [$"test/{Host}"] = ["nowhere"] }.ToValueMap()))),
            ("names", Encoding.UTF8.GetBytes("[]")),
        };
        using var client = front.Client();
        foreach (var (slot, bytes) in bad)
        {
            var (status, answer) = await front.PutAsync(slot, bytes);
            Assert.True(status == HttpStatusCode.UnprocessableEntity, $"{slot} {Encoding.UTF8.GetString(bytes)[..Math.Min(80, bytes.Length)]}: {status}");
            Assert.NotEqual("", answer?.Problem);
            Assert.DoesNotContain("PRIVATE KEY", answer?.Problem ?? "", StringComparison.Ordinal);
            Assert.Equal(before.TryGetValue(slot, out var digest) ? digest : "", answer?.Digest);
            Assert.Equal("hello", await client.GetStringAsync(front.Url(Host), TestContext.Current.CancellationToken));
        }

        Assert.Equal(before, await Digests(front));
        Assert.Equal(HttpStatusCode.NotFound, (await front.PutAsync("nothing", [])).Status);
    }

    [Fact]
    public async Task A_listener_makes_way_for_another_on_its_port()
    {
        await using var front = await StartAsync();
        await front.TakenAsync(IngressSnapshot.Slot, front.Snapshot(FrontUnderTest.Proxy(Host, backend.Port)) with { Https = [$"127.0.0.1:{front.HttpsPort}"] });
        using var client = front.Client();
        Assert.Equal("hello", await client.GetStringAsync(front.Url(Host), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Names_are_kept_and_their_digest_is_told()
    {
        await using var front = await StartAsync();
        var bytes = FrontUnderTest.Bytes(new NamesSnapshot { Listen = ["127.0.0.1:5353"] });
        var (_, answer) = await front.PutAsync(NamesSnapshot.Slot, bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), answer?.Digest);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(front.Folder, "names.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Keys_are_for_the_owner_only_and_a_second_front_is_refused()
    {
        await using var front = await StartAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(front.Folder, "certificates.json")));
        Assert.Equal(1, await new FrontProcess(new(front.Folder), new Naming.NamesSlot(), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Visits_are_written_in_the_combined_format()
    {
        await using var front = await StartAsync();
        await front.RawAsync(Host, $"GET /a?b=%22c HTTP/1.1\r\nHost: {Host}\r\nUser-Agent: \"quoted\" \\agent\r\nReferer: https://x/\r\nConnection: close\r\n\r\n");
        var path = Path.Combine(front.Folder, "log", "access.log");
        var limit = Stopwatch.GetTimestamp();
        while (!File.Exists(path) && Stopwatch.GetElapsedTime(limit) < TimeSpan.FromSeconds(3))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Matches("""^127\.0\.0\.2 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET /a\?b=%22c HTTP/1\.1" 200 5 "https://x/" "\\x22quoted\\x22 \\x5Cagent"\n$""", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    private static async Task<ValueMap<string>> Digests(FrontUnderTest front)
    {
        using var client = front.Control();
        return JsonSerializer.Deserialize(await client.GetStringAsync("http://front/snapshots", TestContext.Current.CancellationToken), FrontsJsonContext.Default.ValueMapString) ?? ValueMap<string>.Empty;
    }

    private async Task<FrontUnderTest> StartAsync()
    {
        var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy(Host, backend.Port));
        await front.LocateAsync(Host, "127.0.0.1");
        return front;
    }
}
