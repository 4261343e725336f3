using System.Text;
using Homestack.Blueprints;
using Homestack.Fronts;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Tests.Homes;

/// <summary>Copies of blocklists: made when a list changes, kept when it cannot be read, fetched once a day.</summary>
public sealed class BlocklistBookTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("homestack-lists-").FullName;
    private readonly ListServer server = new();
    private readonly List<string> log = [];
    private readonly SetClock clock = new();

    public void Dispose()
    {
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_file_is_copied_when_it_changes_and_its_copy_outlives_it()
    {
        var list = Path.Combine(folder, "ads.txt");
        await File.WriteAllTextAsync(list, "one.example\n", TestContext.Current.CancellationToken);
        var book = Book();
        var first = await LookAsync(book, list);
        Assert.Equal("one.example\n", Content(first, list));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(first.Lists[list].Path));
        Assert.Equal(first, await LookAsync(book, list));

        await File.WriteAllTextAsync(list, "one.example\ntwo.example\n", TestContext.Current.CancellationToken);
        var second = await LookAsync(book, list);
        Assert.Equal("one.example\ntwo.example\n", Content(second, list));
        book.Forget();
        Assert.False(File.Exists(first.Lists[list].Path));

        File.Delete(list);
        Assert.Equal(second, await LookAsync(book, list));
        await LookAsync(book, list);
        Assert.Single(log);
        Assert.Equal(second, await LookAsync(Book(), list));
        Assert.Empty((await LookAsync(book)).Lists);
    }

    [Fact]
    public async Task An_address_is_fetched_each_day_and_only_when_it_changed()
    {
        server.Answer = head => head.Contains("If-None-Match: \"a\"", StringComparison.Ordinal) ? ListServer.Other("304 Not Modified") : ListServer.Ok("one.example\n", "ETag: \"a\"\r\nLast-Modified: Tue, 24 Nov 2026 10:00:00 GMT\r\n");
        var book = Book();
        var first = await LookAsync(book, server.Address);
        Assert.Equal("one.example\n", Content(first, server.Address));
        clock.Now += TimeSpan.FromHours(21);
        await LookAsync(book, server.Address);
        await LookAsync(Book(), server.Address);
        Assert.Single(server.Asked);

        clock.Now += TimeSpan.FromHours(4);
        Assert.Equal(first, await LookAsync(book, server.Address));
        Assert.Equal(2, server.Asked.Count);
        Assert.Contains("If-Modified-Since: Tue, 24 Nov 2026 10:00:00 GMT", server.Asked[1], StringComparison.Ordinal);

        server.Answer = _ => ListServer.Ok("two.example\n");
        clock.Now += TimeSpan.FromHours(25);
        Assert.Equal("two.example\n", Content(await LookAsync(book, server.Address), server.Address));
        Assert.Empty(log);
    }

    [Fact]
    public async Task What_fails_leaves_the_copy_and_is_tried_again_ever_more_rarely()
    {
        server.Answer = _ => ListServer.Ok("one.example\n");
        var book = Book();
        var good = await LookAsync(book, server.Address);
        byte[][] bad =
        [
            ListServer.Other("500 Oops"), ListServer.Other("404 Not Found"), [], Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 999\r\nConnection: close\r\n\r\nhalf"),
            ListServer.Other("302 Found", "Location: http://localhost/\r\n"), ListServer.Other("302 Found", $"Location: {server.Address}\r\n"), Encoding.ASCII.GetBytes("nonsense\r\n\r\n"),
        ];
        clock.Now += TimeSpan.FromDays(2);
        foreach (var answer in bad)
        {
            server.Answer = _ => answer;
            Assert.Equal(good, await LookAsync(book, server.Address));
            var asked = server.Asked.Count;
            clock.Now += TimeSpan.FromMinutes(4);
            Assert.Equal(good, await LookAsync(book, server.Address));
            Assert.Equal(asked, server.Asked.Count);
            clock.Now += TimeSpan.FromHours(6);
        }

        Assert.InRange(log.Count, 4, bad.Length);
        server.Answer = _ => ListServer.Ok("two.example\n");
        Assert.Equal("two.example\n", Content(await LookAsync(book, server.Address), server.Address));
    }

    [Fact]
    public async Task A_list_without_end_or_from_a_server_without_a_good_certificate_is_refused()
    {
        server.Answer = _ => [.. Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"), .. new byte[BlocklistsSnapshot.MostBytes + 10]];
        Assert.Empty((await LookAsync(Book(), server.Address)).Lists);
        Assert.Contains("larger than 64 MiB", log.Single(), StringComparison.Ordinal);
        Directory.Delete(FrontAddress.ListsOf(folder), recursive: true);
        server.Answer = _ => ListServer.Ok("one.example\n");
        Assert.Empty((await LookAsync(new BlocklistBook(folder, new RealDisk(), new WebDownload(), clock, new Random(1), log.Add), server.Address)).Lists);
        Assert.Equal(2, log.Count);
    }

    private BlocklistBook Book() => new(folder, new RealDisk(), new WebDownload(server.Roots), clock, new Random(1), log.Add);

    private static async Task<BlocklistsSnapshot> LookAsync(BlocklistBook book, params string[] sources) =>
        await book.LookAsync(new() { Home = "h", Names = new() { Blocklists = [.. sources.Select(source => new Blocklist(source, [], []))] } }, TestContext.Current.CancellationToken);

    private static string Content(BlocklistsSnapshot snapshot, string source) => File.ReadAllText(snapshot.Lists[source].Path);

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
