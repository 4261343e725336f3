using System.Net;

namespace Homestack.Front.Tests;

/// <summary>What exists depends on where the visitor is, by the address of the connection alone.</summary>
public sealed class ZoneTests : IDisposable
{
    private readonly RawBackend backend = new();

    public void Dispose() => backend.Dispose();

    [Fact]
    public async Task A_route_answers_in_its_zones_and_its_name_does_not_exist_in_others()
    {
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy("photos.home.test", backend.Port, "lan", "vpn"));
        await front.LocateAsync("photos.home.test", "127.0.0.1");
        foreach (var zone in new[] { FrontUnderTest.Lan, FrontUnderTest.Vpn })
        {
            using var client = front.Client(zone);
            Assert.Equal("hello", await client.GetStringAsync(front.Url("photos.home.test"), TestContext.Current.CancellationToken));
        }

        foreach (var outside in new[] { FrontUnderTest.Public, "127.0.0.1" })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => front.TlsAsync("photos.home.test", outside));
            await Assert.ThrowsAnyAsync<Exception>(() => front.TlsAsync("nothing.home.test", outside));
        }
    }

    [Fact]
    public async Task A_hidden_name_and_an_unknown_name_get_the_same_bytes()
    {
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy("photos.home.test", backend.Port, "lan"));
        var hidden = await Plain(front, "photos.home.test");
        var unknown = await Plain(front, "nothing.home.test");
        Assert.StartsWith("HTTP/1.1 404", hidden, StringComparison.Ordinal);
        Assert.Equal(WithoutDate(unknown), WithoutDate(hidden));
        Assert.DoesNotContain("photos", hidden, StringComparison.Ordinal);

        static async Task<string> Plain(FrontUnderTest front, string host)
        {
            using var stream = new System.Net.Sockets.NetworkStream(await FrontUnderTest.ConnectAsync(FrontUnderTest.Public, front.HttpPort, TestContext.Current.CancellationToken), ownsSocket: true);
            await RawBackend.Send(stream, $"GET / HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: 127.0.0.2\r\nForwarded: for=127.0.0.2\r\nConnection: close\r\n\r\n");
            return (await FrontUnderTest.ReadAllAsync(stream, TimeSpan.FromSeconds(3))).Answer;
        }

        static string WithoutDate(string answer) => string.Join('\n', answer.Split("\r\n").Where(line => !line.StartsWith("Date:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_name_that_is_taken_away_is_gone_on_connections_that_are_open()
    {
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy("photos.home.test", backend.Port));
        await front.LocateAsync("photos.home.test", "127.0.0.1");
        using var client = front.Client();
        Assert.Equal("hello", await client.GetStringAsync(front.Url("photos.home.test"), TestContext.Current.CancellationToken));
        await front.TakenAsync(Fronts.IngressSnapshot.Slot, front.Snapshot());
        using var answer = await client.GetAsync(front.Url("photos.home.test"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_host_other_than_the_handshake_named_is_misdirected()
    {
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy("photos.home.test", backend.Port), FrontUnderTest.Proxy("other.home.test", backend.Port));
        var (answer, isClosed) = await front.RawAsync("photos.home.test", "GET / HTTP/1.1\r\nHost: other.home.test\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 421", answer, StringComparison.Ordinal);
        Assert.True(isClosed);
        Assert.Empty(backend.Heads);
    }

    [Fact]
    public async Task A_service_without_a_container_says_so_to_those_who_may_know()
    {
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy("photos.home.test", backend.Port, "lan"));
        using var client = front.Client();
        using var answer = await client.GetAsync(front.Url("photos.home.test"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("is not running", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
