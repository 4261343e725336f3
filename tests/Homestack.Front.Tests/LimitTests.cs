using System.Net;
using System.Text;
using Homestack.Collections;
using Homestack.Front.Limits;
using Homestack.Primitives;
using static Homestack.Front.Tests.FrontUnderTest;

namespace Homestack.Front.Tests;

/// <summary>What is too much, for one visitor and one service.</summary>
public sealed class LimitTests : IDisposable
{
    private const string Photos = "photos.home.test", Other = "other.home.test";

    private readonly RawBackend backend = new();

    public void Dispose() => backend.Dispose();

    [Fact]
    public async Task A_visitor_who_asks_too_much_is_told_when_to_come_back_and_others_go_on()
    {
        await using var front = await StartAsync(Proxy(Photos, backend.Port) with { Limits = new() { Requests = new(3, TimeSpan.FromMinutes(1)) } }, Proxy(Other, backend.Port));
        await front.TakenAsync(Fronts.AddressesSnapshot.Slot, new Fronts.AddressesSnapshot(new Dictionary<string, ValueList<string>> { ["test/" + Photos] = ["127.0.0.1"], ["test/" + Other] = ["127.0.0.1"] }.ToValueMap()));
        using var client = front.Client();
        for (var number = 0; number < 3; number++)
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, front.Url(Photos))).StatusCode);
        }

        using var refused = await AskAsync(client, front.Url(Photos));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 20);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, front.Url(Other))).StatusCode);
        using var neighbour = front.Client(Vpn);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(neighbour, front.Url(Photos))).StatusCode);
        Assert.Equal(5, backend.Heads.Count);
    }

    [Fact]
    public async Task The_usual_limit_is_for_visitors_from_outside()
    {
        await using var front = await StartAsync(Proxy(Photos, backend.Port));
        await front.LocateAsync(Photos, "127.0.0.1");
        using var outside = front.Client(Public);
        using var inside = front.Client();
        var (refusedOutside, refusedInside) = (0, 0);
        for (var number = 0; number < 2600 && refusedOutside == 0; number++)
        {
            refusedOutside += (await AskAsync(outside, front.Url(Photos))).StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;
            refusedInside += (await AskAsync(inside, front.Url(Photos))).StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;
        }

        Assert.Equal((1, 0), (refusedOutside, refusedInside));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_by_its_length_and_while_it_comes()
    {
        using var reading = new RawBackend(async (_, stream) =>
        {
            var buffer = new byte[8192];
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        });
        await using var front = await StartAsync(Proxy(Photos, reading.Port) with { Limits = new() { Body = new ByteSize(1000) } });
        await front.LocateAsync(Photos, "127.0.0.1");
        var (byLength, _) = await front.RawAsync(Photos, $"POST / HTTP/1.1\r\nHost: {Photos}\r\nContent-Length: 1001\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", byLength, StringComparison.Ordinal);
        Assert.Contains("Connection: close", byLength, StringComparison.Ordinal);
        Assert.Empty(reading.Heads);

        var (whileItComes, _) = await front.RawAsync(Photos, $"POST / HTTP/1.1\r\nHost: {Photos}\r\nTransfer-Encoding: chunked\r\n\r\n7D0\r\n{new string('x', 2000)}\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", whileItComes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_of_a_service_may_be_held_shorter()
    {
        await using var front = await StartAsync(Proxy(Photos, backend.Port) with { Limits = new() { Headers = new ByteSize(1024) } });
        await front.LocateAsync(Photos, "127.0.0.1");
        var (answer, _) = await front.RawAsync(Photos, $"GET / HTTP/1.1\r\nHost: {Photos}\r\nCookie: {new string('c', 1000)}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 431", answer, StringComparison.Ordinal);
        Assert.Empty(backend.Heads);
    }

    [Fact]
    public async Task A_body_that_comes_slower_than_a_service_wants_ends_the_connection()
    {
        using var reading = new RawBackend(async (_, stream) => await stream.ReadExactlyAsync(new byte[100]));
        await using var front = await StartAsync(Proxy(Photos, reading.Port) with { Limits = new() { Slowest = new ByteSize(1 << 20) } });
        await front.LocateAsync(Photos, "127.0.0.1");
        await using var tls = await front.TlsAsync(Photos);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: {Photos}\r\nContent-Length: 100\r\n\r\nx"), TestContext.Current.CancellationToken);
        Assert.True((await ReadAllAsync(tls, TimeSpan.FromSeconds(20))).IsClosed);
    }

    [Fact]
    public void The_table_holds_back_each_by_itself_and_forgets_who_is_least_ahead()
    {
        var limiter = new RequestLimiter(TimeProvider.System);
        var rate = Allowance.Of(new(2, TimeSpan.FromHours(1)), TimeProvider.System);
        for (var visitor = 1UL; visitor <= 200_000; visitor++)
        {
            Assert.Equal(0, limiter.Take(visitor, 7, rate));
        }

        Assert.Equal(0, limiter.Take(200_000, 7, rate));
        Assert.InRange(limiter.Take(200_000, 7, rate), 1, 1800);
        Assert.Equal(0, limiter.Take(200_000, 8, rate));
    }

    [Fact]
    public void Counting_a_request_allocates_nothing()
    {
        var limiter = new RequestLimiter(TimeProvider.System);
        var rate = Allowance.Of(new(1000, TimeSpan.FromSeconds(1)), TimeProvider.System);
        limiter.Take(1, 2, rate);
        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var visitor = 0UL; visitor < 10_000; visitor++)
            {
                limiter.Take(visitor, 2, rate);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // What the runtime sets up for itself while the code is warming belongs to no request.
        Assert.Contains(0, Enumerable.Range(0, 4).Select(_ => Allocated()));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void A_household_is_one_visitor(string left, string right, bool isOne) =>
        Assert.Equal(isOne, RequestLimiter.NumberOf(IPAddress.Parse(left)) == RequestLimiter.NumberOf(IPAddress.Parse(right)));

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string url) => client.GetAsync(url, TestContext.Current.CancellationToken);
}
