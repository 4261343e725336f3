using System.Net;
using System.Text.Json;
using Homestack.Collections;
using static Homestack.Front.Tests.FrontUnderTest;

namespace Homestack.Front.Tests;

/// <summary>What is said while a service does not answer, in the form that whoever asks reads.</summary>
public sealed class NoticeTests : IDisposable
{
    private const string Photos = "photos.home.test";

    private readonly RawBackend backend = new();

    public void Dispose() => backend.Dispose();

    [Fact]
    public async Task A_browser_gets_a_page_that_looks_again_by_itself()
    {
        await using var front = await StartAsync(Proxy(Photos, backend.Port));
        using var answer = await AskAsync(front, "text/html,application/xhtml+xml,*/*;q=0.8");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        Assert.Contains("<meta http-equiv=\"refresh\" content=\"5\">", page, StringComparison.Ordinal);
        Assert.Contains("width=device-width", page, StringComparison.Ordinal);
        Assert.Contains("photos.home.test is not running", page, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_program_gets_what_it_reads()
    {
        await using var front = await StartAsync(Proxy(Photos, backend.Port) with { Name = "test/<b>&\"" });
        using var json = await AskAsync(front, "application/json");
        using var read = JsonDocument.Parse(await json.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("application/problem+json", 503, "<b>&\" is not running"),
            (json.Content.Headers.ContentType?.MediaType, read.RootElement.GetProperty("status").GetInt32(), read.RootElement.GetProperty("title").GetString()));
        using var text = await AskAsync(front, "*/*");
        Assert.Equal("text/plain", text.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<b>&\" is not running. ", await text.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var page = await AskAsync(front, "text/html");
        Assert.DoesNotContain("<b>", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_being_worked_on_is_not_asked()
    {
        await using var front = await StartAsync(Proxy(Photos, backend.Port) with { IsInMaintenance = true });
        await front.LocateAsync(Photos, "127.0.0.1");
        using var answer = await AskAsync(front, "text/html");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("is being worked on", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(backend.Heads);
        await front.TakenAsync(Fronts.IngressSnapshot.Slot, front.Snapshot(Proxy(Photos, backend.Port)));
        using var after = await AskAsync(front, "text/html");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task What_fails_its_own_check_says_so()
    {
        await using var front = await StartAsync(Proxy(Photos, backend.Port));
        await front.TakenAsync(Fronts.AddressesSnapshot.Slot, new Fronts.AddressesSnapshot(ValueMap<ValueList<string>>.Empty) { Unwell = ["test/" + Photos] });
        using var answer = await AskAsync(front, "text/plain");
        Assert.StartsWith("photos.home.test is not well", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsync(FrontUnderTest front, string accept)
    {
        using var client = front.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, front.Url(Photos));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
