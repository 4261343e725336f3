using System.Text;
using Homestack.Front.Upstreams;

namespace Homestack.Front.Tests;

/// <summary>Answers that were changed by lot: reading them never throws, never depends on how the bytes were cut, and never yields what could be read in another way.</summary>
public sealed class AnswerFuzzTests(ITestOutputHelper output)
{
    private const int Heads = 100_000, Bodies = 50_000;

    private static readonly string[] Parts =
    [
        "\r\n", "\n", "\r", " ", "\t", ":", "\0", "Content-Length: 5\r\n", "Content-Length: 6\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: identity\r\n", " folded\r\n", "\r\n\r\n", "HTTP/1.1 200 OK\r\n",
        "HTTP/1.0 ", "Connection: close\r\n", "X: \u0080\u00ff\r\n", "999", "0", "-", "+", ",", ";", "Set-Cookie: a=b\r\n", "\u007f",
    ];

    private static readonly string[] Good =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nServer: x\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.0 404 Not Found\r\nDate: Tue, 24 Nov 2026 00:00:00 GMT\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nrest",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
    ];

    private static readonly string[] Chunked = ["5\r\nhello\r\n0\r\n\r\n", "5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n", "0\r\n\r\n", "000f\r\n0123456789abcde\r\n0\r\n\r\n"];

    [Fact]
    public void Heads_are_read_in_one_way_or_not_at_all()
    {
        var lot = Lot();
        var whole = 0;
        for (var turn = 0; turn < Heads; turn++)
        {
            var bytes = Encoding.Latin1.GetBytes(Changed(Good[lot.Next(Good.Length)], lot));
            var atOnce = new AnswerHead();
            var reading = atOnce.TryRead(bytes, 0, out var size);

            // The same, in two pieces.
            var inPieces = new AnswerHead();
            var cut = lot.Next(bytes.Length + 1);
            var first = inPieces.TryRead(bytes.AsSpan(0, cut), 0, out var sizeInPieces);
            var second = first == HeadReading.More ? inPieces.TryRead(bytes, cut, out sizeInPieces) : first;
            Assert.True(second == reading || (reading == HeadReading.More && second == HeadReading.Bad) || (reading == HeadReading.Whole && second == HeadReading.Bad && HasLoneFeed(bytes)) || (reading == HeadReading.Bad && second == HeadReading.Bad),
                $"{Encoding.Latin1.GetString(bytes)} cut at {cut}: {reading}, {second}");
            if (reading != HeadReading.Whole)
            {
                continue;
            }

            whole++;
            Assert.Equal(size, sizeInPieces);
            Assert.False(atOnce is { IsChunked: true, Length: not null });
            Assert.InRange(atOnce.Status, 100, 999);
            Assert.Equal(atOnce.Fields.Count(field => field.Is("Content-Length")), atOnce.Length is null ? 0 : 1);
            var head = Encoding.Latin1.GetString(bytes, 0, size);
            Assert.All(atOnce.Fields, field => Assert.DoesNotContain(field.Value, letter => letter is '\r' or '\n' or '\0' or '\u007f'));
            Assert.All(atOnce.Fields, field => Assert.DoesNotContain(field.Name, letter => letter is ' ' or '\t' or ':' or '\r' or '\n' || letter > 126));
            Assert.Equal(head.Split("\r\n").Length - 3, atOnce.Fields.Count);
            Assert.DoesNotContain('\n', head.Replace("\r\n", "", StringComparison.Ordinal));
            Assert.DoesNotContain('\r', head.Replace("\r\n", "", StringComparison.Ordinal));
        }

        Assert.InRange(whole, Heads / 100, Heads);
    }

    [Fact]
    public void Chunks_are_read_the_same_however_they_are_cut()
    {
        var lot = Lot();
        var whole = 0;
        for (var turn = 0; turn < Bodies; turn++)
        {
            var bytes = Encoding.Latin1.GetBytes(Changed(Chunked[lot.Next(Chunked.Length)], lot));
            var (atOnce, end) = Read(bytes, bytes.Length);
            var (piecewise, endPiecewise) = Read(bytes, 1 + lot.Next(3));
            Assert.Equal(atOnce, piecewise);
            Assert.Equal(end, endPiecewise);
            whole += end == ChunkReading.Trailers ? 1 : 0;
        }

        Assert.InRange(whole, Bodies / 100, Bodies);

        static (string Body, ChunkReading End) Read(byte[] bytes, int piece)
        {
            var reader = new ChunkReader();
            var body = new StringBuilder();
            var reading = ChunkReading.More;
            for (var start = 0; start < bytes.Length; start += piece)
            {
                var rest = bytes.AsSpan(start, Math.Min(piece, bytes.Length - start));
                do
                {
                    reading = reader.Next(rest, out var skipped, out var content);
                    body.Append(Encoding.Latin1.GetString(rest.Slice(skipped, content)));
                    rest = rest[(skipped + content)..];
                }
                while (reading == ChunkReading.Content);

                if (reading != ChunkReading.More)
                {
                    return (body.ToString(), reading);
                }
            }

            return (body.ToString(), reading);
        }
    }

    [Fact]
    public async Task Changed_answers_never_reach_a_visitor_as_two_and_never_break_the_front()
    {
        var lot = Lot();
        using var backend = new RawBackend(async (head, stream) =>
        {
            string bytes;
            lock (lot)
            {
                bytes = head.StartsWith("GET /good", StringComparison.Ordinal) ? RawBackend.Hello : Changed(Good[lot.Next(Good.Length)], lot);
            }

            await RawBackend.Send(stream, bytes);
            if (!head.StartsWith("GET /good", StringComparison.Ordinal))
            {
                stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Both);
            }
        });
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy("app.home.test", backend.Port));
        await front.LocateAsync("app.home.test", "127.0.0.1");
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            var (answer, isClosed) = await front.RawAsync("app.home.test", "GET /bad HTTP/1.1\r\nHost: app.home.test\r\nConnection: close\r\n\r\n");
            Assert.True(isClosed);
            Assert.DoesNotContain("500 Internal", answer, StringComparison.Ordinal);
            var head = answer.Split("\r\n\r\n")[0];
            Assert.DoesNotContain('\n', head.Replace("\r\n", "", StringComparison.Ordinal));
            Assert.Equal(1, head.Split("\r\n").Count(line => line.StartsWith("HTTP/1", StringComparison.Ordinal)) is var lines and > 1 ? lines : 1);
            var (good, _) = await front.RawAsync("app.home.test", "GET /good HTTP/1.1\r\nHost: app.home.test\r\nConnection: close\r\n\r\n");
            Assert.EndsWith("\r\n\r\nhello", good, StringComparison.Ordinal);
        });
    }

    private static bool HasLoneFeed(byte[] bytes) => Encoding.Latin1.GetString(bytes).Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal);

    private static string Changed(string text, Random lot)
    {
        for (var turn = lot.Next(4); turn > 0; turn--)
        {
            var at = lot.Next(text.Length + 1);
            text = lot.Next(4) switch
            {
                0 => text.Insert(at, Parts[lot.Next(Parts.Length)]),
                1 when at < text.Length => text.Remove(at, 1),
                2 when at < text.Length => string.Concat(text.AsSpan(0, at), [(char)lot.Next(256)], text.AsSpan(at + 1)),
                _ => text[..at] + text[lot.Next(text.Length)..],
            };
            text = text.Length == 0 ? "H" : text;
        }

        return text;
    }

    private Random Lot()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("HOMESTACK_SEED"), out var given) ? given : Environment.TickCount & 0xFFFFFF;
        output.WriteLine($"seed {seed}");
        return new(seed);
    }
}
