using System.Net;
using Homestack.Collections;
using static Homestack.Front.Tests.FrontUnderTest;

namespace Homestack.Front.Tests;

/// <summary>Several services under one name, and paths from which visitors are sent on.</summary>
public sealed class PathTests : IDisposable
{
    private const string Host = "library.home.test";

    private readonly RawBackend whole = new(), books = new(), shelf = new();

    public void Dispose()
    {
        whole.Dispose();
        books.Dispose();
        shelf.Dispose();
    }

    [Theory]
    [InlineData("/", "whole", "/")]
    [InlineData("/bookshelf", "whole", "/bookshelf")]
    [InlineData("/Books", "whole", "/Books")]
    [InlineData("//books", "whole", "//books")]
    [InlineData("/books", "books", "/books")]
    [InlineData("/books/1?x=/../2", "books", "/books/1?x=/../2")]
    [InlineData("/books/shelf/%20a", "shelf", "/%20a")]
    [InlineData("/books/shelf/", "shelf", "/")]
    public async Task The_longest_path_that_fits_wins_and_what_was_decided_by_is_handed_on(string target, string who, string seen)
    {
        await using var front = await LibraryAsync();
        var (answer, _) = await front.RawAsync(Host, $"GET {target} HTTP/1.1\r\nHost: {Host}\r\nX-Forwarded-Prefix: /mine\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        var head = Assert.Single(whole.Heads.Select(head => ("whole", head)).Concat(books.Heads.Select(head => ("books", head))).Concat(shelf.Heads.Select(head => ("shelf", head))));
        Assert.Equal(who, head.Item1);
        Assert.StartsWith($"GET {seen} HTTP/1.1\r\n", head.head, StringComparison.Ordinal);
        Assert.DoesNotContain("/mine", head.head, StringComparison.Ordinal);
        Assert.Equal(who == "shelf", head.head.Contains("X-Forwarded-Prefix: /books/shelf\r\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/%62ooks/1")]
    [InlineData("/books/%2e%2e/private")]
    [InlineData("/books/shelf/../../private")]
    [InlineData("/books/shelf//evil.example/")]
    [InlineData("/books%2Fshelf")]
    [InlineData("/b%6Foks")]
    public async Task Another_spelling_of_a_path_is_refused(string target)
    {
        await using var front = await LibraryAsync();
        var (answer, isClosed) = await front.RawAsync(Host, $"GET {target} HTTP/1.1\r\nHost: {Host}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.True(isClosed);
        Assert.Empty(whole.Heads.Concat(books.Heads).Concat(shelf.Heads));
    }

    [Fact]
    public async Task A_path_that_is_taken_off_is_a_folder()
    {
        await using var front = await LibraryAsync();
        Assert.Equal((HttpStatusCode.PermanentRedirect, "/books/shelf/?a=1"), await LocationAsync(front, Host, "/books/shelf?a=1"));
    }

    [Fact]
    public async Task A_path_for_one_zone_leaves_the_rest_of_the_name_as_it_is()
    {
        await using var front = await StartAsync(Route("whole", whole, ""), Route("books", books, "/books") with { Zones = ["lan"] });
        await LocateAllAsync(front);
        using var guest = front.Client(Public);
        Assert.Equal("hello", await guest.GetStringAsync(front.Url(Host, "/books"), TestContext.Current.CancellationToken));
        Assert.Empty(books.Heads);
        Assert.Single(whole.Heads);
    }

    [Theory]
    [InlineData("/", "/start")]
    [InlineData("/old", "/new")]
    [InlineData("/old?x=1", "/new?x=1")]
    [InlineData("/wiki/Main/Page?x=1", "https://wiki.example.org/w/Main/Page?x=1")]
    [InlineData("/wiki/", "https://wiki.example.org/w/")]
    [InlineData("/gone/with/the/wind", "/")]
    public async Task Visitors_are_sent_on(string target, string location)
    {
        await using var front = await RedirectingAsync();
        Assert.Equal((HttpStatusCode.PermanentRedirect, location), await LocationAsync(front, Host, target));
        Assert.Empty(whole.Heads);
    }

    [Theory]
    [InlineData("/older", HttpStatusCode.OK)]
    [InlineData("/wiki", HttpStatusCode.OK)]
    [InlineData("/up//evil.example", HttpStatusCode.BadRequest)]
    public async Task Nobody_is_sent_where_nothing_was_said_of(string target, HttpStatusCode status)
    {
        await using var front = await RedirectingAsync();
        Assert.Equal((status, null), await LocationAsync(front, Host, target));
    }

    private static async Task<(HttpStatusCode Status, string? Location)> LocationAsync(FrontUnderTest front, string host, string target)
    {
        var (answer, _) = await front.RawAsync(host, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        var lines = answer.Split("\r\n");
        return ((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), lines.FirstOrDefault(line => line.StartsWith("Location: ", StringComparison.Ordinal))?["Location: ".Length..]);
    }

    private async Task<FrontUnderTest> LibraryAsync()
    {
        var front = await StartAsync(Route("whole", whole, ""), Route("books", books, "/books"), Route("shelf", shelf, "/books/shelf") with { Strips = true });
        await LocateAllAsync(front);
        return front;
    }

    private async Task<FrontUnderTest> RedirectingAsync()
    {
        var redirects = new Dictionary<string, string> { ["/"] = "/start", ["/old"] = "/new", ["/wiki/*"] = "https://wiki.example.org/w/*", ["/gone/*"] = "/", ["/up/*"] = "/*" };
        var front = await StartAsync(Route("whole", whole, "") with { Redirects = redirects.ToValueMap() });
        await LocateAllAsync(front);
        return front;
    }

    private static Fronts.FrontRoute Route(string name, RawBackend backend, string path) => Proxy(Host, backend.Port) with { Name = "test/" + name, Service = "test/" + name, Path = path };

    private static Task LocateAllAsync(FrontUnderTest front) => front.TakenAsync(Fronts.AddressesSnapshot.Slot,
        new Fronts.AddressesSnapshot(new Dictionary<string, ValueList<string>> { ["test/whole"] = ["127.0.0.1"], ["test/books"] = ["127.0.0.1"], ["test/shelf"] = ["127.0.0.1"] }.ToValueMap()));
}
