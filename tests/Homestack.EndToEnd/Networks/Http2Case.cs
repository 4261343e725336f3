using static Homestack.EndToEnd.Networks.Http2Frames;

namespace Homestack.EndToEnd.Networks;

/// <summary>One case: what a visitor sends, and how it must end.</summary>
/// <param name="Id">Of its counterpart among the cases of h2spec 2.6: the part, the section and the number, such as <c>http2/6.9.1/2</c>.</param>
/// <param name="Words">What is done.</param>
/// <param name="Expected">
/// <c>answered N</c>: status 200 and N bytes. <c>ping</c>: our ping comes back. <c>settings</c>, <c>settings-ack</c>, <c>data N</c>: such a frame.
/// <c>connection CODE…</c>: GOAWAY with one of the codes, or closed. <c>stream CODE…</c>: the same, or RST_STREAM.
/// </param>
/// <param name="Steps">Bytes to send, and names of frames to wait for between them.</param>
internal sealed record Http2Case(string Id, string Words, string Expected, params object[] Steps)
{
    /// <summary>What comes here in place of it: a difference that is told in <c>docs/reliability.md</c>. Null: none.</summary>
    public string? Here { get; init; }

    public const byte Whole = EndHeaders | EndStream;

    private static readonly string[] Codes = ["NO", "PROTOCOL", "INTERNAL", "FLOW_CONTROL", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE", "REFUSED_STREAM", "CANCEL", "COMPRESSION"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly byte[] Mark = "homestak"u8.ToArray();

    /// <summary>What <c>ping</c> waits for.</summary>
    public static byte[] OurPing { get; } = Frame(Ping, 0, 0, Mark);

    /// <summary>A request that is in order and whole.</summary>
    public static byte[] Get(uint id = 1) => Frame(Headers, Whole, id, Request());

    /// <summary>A request that is in order and has a body behind it.</summary>
    public static byte[] Post(uint id = 1) => Frame(Headers, EndHeaders, id, Request("POST"));

    /// <returns>Null when it ended as it must; else what came.</returns>
    public async Task<string?> PlayAsync(FrontAlone front)
    {
        var isPreface = Steps is [byte[] first, ..] && first.AsSpan().StartsWith("PRI"u8);
        await using var visitor = await ConnectAsync(front, isGreeting: !isPreface);
        var seen = new List<string>();
        if (!isPreface && await UntilAsync(visitor, "settings-ack", seen) != "settings-ack")
        {
            return "no greeting: " + string.Join(", ", seen);
        }

        foreach (var step in Steps)
        {
            if (step is not byte[] bytes)
            {
                if (await UntilAsync(visitor, (string)step, seen) != (string)step)
                {
                    return $"waited for {step}: {string.Join(", ", seen)}";
                }
            }
            else if (!await TrySendAsync(visitor, bytes))
            {
                break;
            }
        }

        var last = Here ?? Expected;
        return await UntilAsync(visitor, last, seen) == last ? null : string.Join(", ", seen);
    }

    private static async Task<bool> TrySendAsync(Http2Frames visitor, byte[] bytes)
    {
        try
        {
            await visitor.SendAsync(bytes);
            return true;
        }
        catch (IOException)
        {
            // Closed before all was sent; what came before that tells the rest.
            return false;
        }
    }

    /// <returns>What was waited for; another text when it cannot come any more.</returns>
    private static async Task<string> UntilAsync(Http2Frames visitor, string expected, List<string> seen)
    {
        using var end = new CancellationTokenSource(Patience);
        var words = expected.Split(' ');
        var body = 0;
        var isGood = false;
        while (true)
        {
            var (name, frame) = await visitor.NextAsync(end.Token);
            seen.Add(name);
            isGood |= frame is { Type: Headers, Payload: [0x88, ..] };
            body += frame is { Type: Body } ? frame.Payload.Length : 0;
            var isThere = words[0] switch
            {
                "answered" => isGood && frame is { Type: Headers or Body } && (frame.Flags & EndStream) != 0 && body == int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture),
                "ping" => name == "ping-ack" && frame is not null && frame.Payload.AsSpan().SequenceEqual(Mark),
                "connection" => name == "closed" || words[1..].Any(code => name == $"goaway {Array.IndexOf(Codes, code)}"),
                "stream" => name == "closed" || words[1..].Any(code => name == $"goaway {Array.IndexOf(Codes, code)}" || name == $"reset {Array.IndexOf(Codes, code)}"),
                "ended" => frame is { Type: Headers or Body } && (frame.Flags & EndStream) != 0,
                _ => name == expected,
            };
            if (isThere || frame is null || (frame.Type == GoAway && expected != "closed"))
            {
                return isThere ? expected : name;
            }
        }
    }
}
