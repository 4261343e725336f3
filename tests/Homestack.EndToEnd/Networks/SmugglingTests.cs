using System.Globalization;
using System.Net.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Homestack.EndToEnd.Networks;

/// <summary>Requests with two meanings, in front of servers that people really run: what a server saw is what the front let pass, never more.</summary>
public sealed partial class SmugglingTests
{
    private const string Host = "app." + FrontAlone.Domain;

    /// <remarks>Who is refused in the midst of a body is heard out for some seconds, or the answer would be lost with the connection.</remarks>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500), ClosePatience = TimeSpan.FromSeconds(8);

    private static int Requests => Figures.IsLong ? 10_000 : 2_000;

    private static readonly string[] Lines =
    [
        "POST /M HTTP/1.1", "POST /M HTTP/1.1", "POST /M HTTP/1.1", "POST /M HTTP/1.1", "GET /M HTTP/1.1", "PUT /M HTTP/1.1", "POST /M HTTP/1.0", "POST /M HTTP/1.1 ", "POST  /M HTTP/1.1", "POST /M\tHTTP/1.1", "POST /M HTTP/1.1\rX: y",
        "\r\nPOST /M HTTP/1.1", "POST http://" + Host + "/M HTTP/1.1", "POST /M HTTP/01.1", "POST /M HTTP/1.1\0", "POST /M#f HTTP/1.1", "POST /M HTTP/2.0", "POST /M",
    ];

    private static readonly string[] Codings =
    [
        "Transfer-Encoding: chunked", "Transfer-Encoding: chunked", "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked", "Transfer-Encoding:\tchunked", "Transfer-Encoding:\vchunked", "Transfer-Encoding:\fchunked", "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity", "Transfer-Encoding: identity, chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: cow\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: chunked;q=1", "Transfer-Encoding: chunked,", "Transfer-Encoding: ,chunked", "Transfer-Encoding: chunked\0",
        "Transfer-Encoding: CHUNKED", "Transfer-Encoding: chun\u212Aed", "Transfer_Encoding: chunked", "Transfer-Encoding:\r\n chunked", "Transfer-Encoding: x\r\n chunked", "X: y\nTransfer-Encoding: chunked", "X: y\rTransfer-Encoding: chunked",
        " Transfer-Encoding: chunked", "\tTransfer-Encoding: chunked", "Transfer-Encoding\n: chunked", "Transfer-Encoding: chunked\r", "Transfer-Encoding:", "Transfer-Encoding: \u0080chunked", "Transfer-Encoding\0: chunked", "Transfer-Encodin\u0067: chunked", "",
    ];

    private static readonly string[] Lengths =
    [
        "", "", "Content-Length: 5", "Content-Length: 0", "Content-Length: 5\r\nContent-Length: 0", "Content-Length: 0\r\nContent-Length: 5", "Content-Length: 5, 5", "Content-Length: 5,0", "Content-Length: +5", "Content-Length: -5", "Content-Length: 05",
        "Content-Length: 0x5", "Content-Length: 5 ", "Content-Length: 5 0", "Content-Length: 5;", "Content-Length: 5e0", "Content-Length : 5", "Content-Length\t: 5", "Content-Length:\v5", "Content-Length: 5\0", "Content_Length: 5",
        "Content-Length: 18446744073709551621", "Content-Length: 4294967301", "Content-Length:", "Content-Length: 5\r\n 0", " Content-Length: 5", "X: y\nContent-Length: 5", "Content-Length: \u00b2", "Content-Length: 1_0", "Content-Length: \"5\"",
    ];

    private static readonly string[] Bodies =
    [
        "0\r\n\r\n", "hello", "5\r\nhello\r\n0\r\n\r\n", "0\n\n", "0\r\n\n", "0;a\r\n\r\n", "0;a\n\r\n\r\n", "0 \r\n\r\n", "00000000000000000000\r\n\r\n", "0\r\nX: y\r\n\r\n", "0\r\nContent-Length: 5\r\n\r\n", "0\r\r\n\r\n", "5\nhello\n0\n\n", "5\r\nhello0\r\n\r\n",
        "5\r\nhelloXX0\r\n\r\n", "-0\r\n\r\n", "0x0\r\n\r\n", "+0\r\n\r\n", "5;\nx\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\r\n", "FFFFFFFFFFFFFFFB\r\nhello\r\n0\r\n\r\n", "5_0\r\nhello\r\n0\r\n\r\n", "", "5\r\n\r\nGET /X HTTP/1.1\r\n\r\n",
    ];

    [Fact]
    public async Task No_server_sees_a_request_that_the_front_did_not_let_pass()
    {
        var lot = new Random(Figures.Seed);
        var (sent, refused, passed) = (0, 0, 0);
        var wrong = new List<string>();
        var leftOpen = new List<(string Server, int Number, string Words)>();
        foreach (var kind in RealBackend.Kinds)
        {
            await using var backend = await RealBackend.StartAsync(kind);
            await using var front = await FrontAlone.StartAsync(("app", backend.Port));
            var requests = Enumerable.Range(sent, Requests / RealBackend.Kinds.Count).Select(number => (Number: number, Bytes: Make(number, lot))).ToArray();
            sent += requests.Length;
            await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 48 }, async (request, _) =>
            {
                var (answer, isClosed) = await AskAsync(front, request.Bytes);
                var isRefused = Regex.IsMatch(answer, "^HTTP/1.1 (400|405|408|411|413|414|421|431|501|505)");
                Interlocked.Add(ref refused, isRefused ? 1 : 0);
                if (isRefused && !isClosed)
                {
                    lock (leftOpen)
                    {
                        leftOpen.Add((kind, request.Number, $"{kind}: refused and left open: {Visible(request.Bytes)} → {answer.Split('\r')[0]}"));
                    }
                }
            });

            // A plain one at the end, so that a dead judge cannot pass.
            var (last, _) = await AskAsync(front, Encoding.ASCII.GetBytes($"GET /m999999 HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n"));
            Assert.StartsWith("HTTP/1.1 ", last, StringComparison.Ordinal);
            await Task.Delay(300, TestContext.Current.CancellationToken);
            var seen = Counted(await backend.EndAsync());
            var authorised = Counted(await File.ReadAllLinesAsync(Path.Combine(front.Folder, "front/log/access.log"), TestContext.Current.CancellationToken));
            Assert.Equal(1, seen.GetValueOrDefault("/m999999"));
            passed += seen.Values.Sum() - 1;

            // Unless the server itself refused it.
            wrong.AddRange(leftOpen.Where(open => open.Server == kind && !seen.ContainsKey($"/m{open.Number}")).Select(open => open.Words));
            wrong.AddRange(seen.Where(pair => pair.Value > authorised.GetValueOrDefault(pair.Key))
                .Select(pair => $"{kind} saw {pair.Value} × {pair.Key}, the front {authorised.GetValueOrDefault(pair.Key)}: {Visible(requests.FirstOrDefault(request => pair.Key[2..] == request.Number.ToString(CultureInfo.InvariantCulture)).Bytes ?? [])}"));
        }

        Figures.Record("P1", $"{sent} requests with two meanings before {string.Join(", ", RealBackend.Kinds)}: {refused} refused, {passed} requests seen behind, all of them let pass; {wrong.Count} wrong");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
        Assert.InRange(refused, sent / 3, sent);
    }

    /// <summary>By lot: first line, coding, length and body, some with a byte changed, and a second request behind that no server may see unless the front did.</summary>
    private static byte[] Make(int number, Random lot)
    {
        var fields = new[] { $"Host: {Host}", Codings[lot.Next(Codings.Length)], Lengths[lot.Next(Lengths.Length)], lot.Next(4) == 0 ? "Connection: keep-alive, Transfer-Encoding" : "" }.Where(field => field.Length > 0).OrderBy(_ => lot.Next());
        var text = $"{Lines[lot.Next(Lines.Length)]}\r\n{string.Join("\r\n", fields)}\r\n\r\n{Bodies[lot.Next(Bodies.Length)]}GET /X HTTP/1.1\r\nHost: {Host}\r\n\r\n";
        var bytes = Encoding.Latin1.GetBytes(text.Replace("/M", $"/m{number}", StringComparison.Ordinal).Replace("/X", $"/x{number}", StringComparison.Ordinal));
        if (lot.Next(5) == 0)
        {
            bytes[lot.Next(bytes.Length)] = (byte)lot.Next(48);
        }

        return bytes;
    }

    private static async Task<(string Answer, bool IsClosed)> AskAsync(FrontAlone front, byte[] bytes)
    {
        await using var tls = await front.SecureAsync("app", SslApplicationProtocol.Http11, TestContext.Current.CancellationToken);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            await tls.WriteAsync(bytes, TestContext.Current.CancellationToken);
            while (true)
            {
                using var limit = new CancellationTokenSource(text.ToString().Contains("Connection: close", StringComparison.Ordinal) ? ClosePatience : Patience);
                var count = await tls.ReadAsync(buffer, limit.Token);
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
                if (count == 0)
                {
                    return (text.ToString(), true);
                }
            }
        }
        catch (IOException)
        {
            return (text.ToString(), true);
        }
        catch (OperationCanceledException)
        {
            return (text.ToString(), false);
        }
    }

    private static Dictionary<string, int> Counted(IEnumerable<string> lines) =>
        lines.Select(line => Marker().Match(line)).Where(match => match.Success).GroupBy(match => match.Value).ToDictionary(group => group.Key, group => group.Count());

    private static string Visible(byte[] bytes) => Encoding.Latin1.GetString(bytes).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    [GeneratedRegex("/[mx][0-9]+")]
    private static partial Regex Marker();
}
