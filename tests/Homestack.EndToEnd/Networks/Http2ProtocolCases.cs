using static Homestack.EndToEnd.Networks.Http2Case;
using static Homestack.EndToEnd.Networks.Http2Frames;

namespace Homestack.EndToEnd.Networks;

/// <summary>What the protocol allows and forbids: counterparts of the parts "http2" and "hpack". The sections are those of RFC 7540, as there.</summary>
/// <remarks>
/// Two reasons are not those of the standard, and both connections end: a stream below the last counts as closed (STREAM_CLOSED, which RFC 9113 §5.1 can be read to say), and the index 0
/// makes Kestrel fail inside (INTERNAL_ERROR). Frames are read below the front, which cannot say it otherwise.
/// </remarks>
internal static class Http2ProtocolCases
{
    private static readonly string Authority = $"app.{FrontAlone.Domain}";
    private static readonly byte[] Half = Request()[..8];
    private static readonly byte[] Rest = Request()[8..];

    public static IReadOnlyList<Http2Case> All { get; } =
    [
        new("http2/3.5/1", "the greeting", "settings", Preface, Frame(Settings, 0, 0)),
        new("http2/3.5/2", "another greeting", "connection PROTOCOL", "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n"u8.ToArray()),
        new("http2/4.1/1", "a frame of an unknown kind", "ping", Frame(0x16, 0, 0, new byte[8]), OurPing),
        new("http2/4.1/2", "a flag that means nothing", "ping", Frame(Ping, 0x16, 0, "homestak"u8.ToArray())),
        new("http2/4.1/3", "the reserved bit of a stream's number", "ping", Frame(Ping, 0, 0x80000000, "homestak"u8.ToArray())),
        new("http2/4.2/1", "a body of 16,384 bytes in one frame", "answered 5", Post(), Frame(Body, EndStream, 1, new byte[1 << 14])),
        new("http2/4.2/2", "a frame longer than allowed", "stream FRAME_SIZE", Post(), Frame(Body, EndStream, 1, new byte[(1 << 14) + 1])),
        new("http2/4.2/3", "headers longer than a frame may be", "connection FRAME_SIZE", Frame(Headers, Whole, 1, [.. Request(), .. Fields(("x-long", new string('a', 1 << 14)))])),
        new("http2/4.3/1", "fields that cannot be unpacked", "connection COMPRESSION", Frame(Headers, Whole, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)),
        new("http2/4.3/2", "headers cut by a priority", "connection PROTOCOL", Frame(Headers, EndStream, 1, Half), Frame(Priority, 0, 1, 0, 0, 0, 0, 1), Frame(Continuation, EndHeaders, 1, Rest)),
        new("http2/4.3/3", "headers cut by headers of another stream", "connection PROTOCOL", Frame(Headers, EndStream, 1, Half), Get(3), Frame(Continuation, EndHeaders, 1, Rest)),

        new("http2/5.1/1", "data to an idle stream", "connection PROTOCOL", Frame(Body, EndStream, 1, 1)),
        new("http2/5.1/2", "reset of an idle stream", "connection PROTOCOL", Frame(Reset, 0, 1, Number(8))),
        new("http2/5.1/3", "window of an idle stream", "connection PROTOCOL", Frame(Window, 0, 1, Number(100))),
        new("http2/5.1/4", "continuation of an idle stream", "connection PROTOCOL", Frame(Continuation, EndHeaders, 1, Request())),
        new("http2/5.1/5", "data behind a whole request", "stream STREAM_CLOSED", Get(), Frame(Body, EndStream, 1, 1)),
        new("http2/5.1/6", "headers behind a whole request", "stream STREAM_CLOSED", Get(), Get()),
        new("http2/5.1/7", "continuation behind a whole request", "stream STREAM_CLOSED PROTOCOL", Get(), Frame(Continuation, EndHeaders, 1, Request())),
        new("http2/5.1/8", "data behind a reset", "stream STREAM_CLOSED", Post(), Frame(Reset, 0, 1, Number(8)), Frame(Body, EndStream, 1, 1)),
        new("http2/5.1/9", "headers behind a reset", "stream STREAM_CLOSED", Post(), Frame(Reset, 0, 1, Number(8)), Get()),
        new("http2/5.1/10", "continuation behind a reset", "stream STREAM_CLOSED PROTOCOL", Post(), Frame(Reset, 0, 1, Number(8)), Frame(Continuation, EndHeaders, 1, Fields(("x-test", "1")))),
        new("http2/5.1/11", "data to a closed stream", "connection STREAM_CLOSED", Get(), "ended", Frame(Body, EndStream, 1, 1)),
        new("http2/5.1/12", "headers of a closed stream", "connection STREAM_CLOSED", Get(), "ended", Get()),
        new("http2/5.1/13", "continuation of a closed stream", "connection STREAM_CLOSED PROTOCOL", Get(), "ended", Frame(Continuation, EndHeaders, 1, Fields(("x-test", "1")))),
        new("http2/5.1.1/1", "an even stream", "connection PROTOCOL", Get(2)),
        new("http2/5.1.1/2", "a stream below the last", "connection PROTOCOL", Get(5), Get(3)) { Here = "goaway 5" },
        new("http2/5.1.2/1", "a hundred and one streams at once", "stream PROTOCOL REFUSED_STREAM", Many),
        new("http2/5.3.1/1", "a stream that waits for itself, by headers", "stream PROTOCOL", Frame(Headers, Whole | WithPriority, 1, [.. Number(1), 255, .. Request()])),
        new("http2/5.3.1/2", "a stream that waits for itself, by priority", "stream PROTOCOL", Frame(Priority, 0, 1, [.. Number(1), 255])),
        new("http2/5.4.1/1", "after an error the connection is closed", "closed", Frame(Ping, 0, 3, new byte[8])),
        new("http2/5.4.1/2", "before that its reason is said", "goaway 1", Frame(Ping, 0, 3, new byte[8])),
        new("http2/5.5/1", "a frame of an extension", "ping", Frame(0xF0, 0, 0, new byte[8]), OurPing),
        new("http2/5.5/2", "a frame of an extension amid headers", "connection PROTOCOL", Frame(Headers, EndStream, 1, Half), Frame(0xF0, 0, 1, new byte[8]), Frame(Continuation, EndHeaders, 1, Rest)),

        new("http2/6.1/1", "data on stream 0", "connection PROTOCOL", Frame(Body, EndStream, 0, 1)),
        new("http2/6.1/2", "data to a stream that is half closed", "stream STREAM_CLOSED", Get(), Frame(Body, EndStream, 1, 1)),
        new("http2/6.1/3", "data with too much padding", "connection PROTOCOL", Post(), Frame(Body, EndStream | Padded, 1, 6, 1, 2)),
        new("http2/6.2/1", "headers that do not end, and a priority", "connection PROTOCOL", Frame(Headers, EndStream, 1, Request()), Frame(Priority, 0, 1, 0, 0, 0, 0, 1)),
        new("http2/6.2/2", "headers that do not end, and others", "connection PROTOCOL", Frame(Headers, EndStream, 1, Request()), Get(3)),
        new("http2/6.2/3", "headers on stream 0", "connection PROTOCOL", Get(0)),
        new("http2/6.2/4", "headers with too much padding", "connection PROTOCOL", Frame(Headers, Whole | Padded, 1, [(byte)(Request().Length + 2), .. Request()])),
        new("http2/6.3/1", "priority on stream 0", "connection PROTOCOL", Frame(Priority, 0, 0, 0, 0, 0, 0, 1)),
        new("http2/6.3/2", "priority of four bytes", "stream FRAME_SIZE", Post(), Frame(Priority, 0, 1, 0, 0, 0, 0)),
        new("http2/6.4/1", "reset on stream 0", "connection PROTOCOL", Frame(Reset, 0, 0, Number(8))),
        new("http2/6.4/2", "reset of an idle stream", "connection PROTOCOL", Frame(Reset, 0, 1, Number(8))),
        new("http2/6.4/3", "reset of three bytes", "connection FRAME_SIZE", Post(), Frame(Reset, 0, 1, 0, 0, 0)),
        new("http2/6.5/1", "acknowledged settings with content", "connection FRAME_SIZE", Frame(Settings, Ack, 0, Setting(3, 1))),
        new("http2/6.5/2", "settings on a stream", "connection PROTOCOL", Frame(Settings, 0, 1, Setting(3, 1))),
        new("http2/6.5/3", "settings of three bytes", "connection FRAME_SIZE", Frame(Settings, 0, 0, 0, 3, 0)),
        new("http2/6.5.2/1", "push of two", "connection PROTOCOL", Frame(Settings, 0, 0, Setting(2, 2))),
        new("http2/6.5.2/2", "a window above the limit", "connection FLOW_CONTROL", Frame(Settings, 0, 0, Setting(4, 0x80000000))),
        new("http2/6.5.2/3", "frames below the limit", "connection PROTOCOL", Frame(Settings, 0, 0, Setting(5, 16383))),
        new("http2/6.5.2/4", "frames above the limit", "connection PROTOCOL", Frame(Settings, 0, 0, Setting(5, 16777216))),
        new("http2/6.5.2/5", "a setting nobody knows", "ping", Frame(Settings, 0, 0, Setting(0xFF, 1)), OurPing),
        new("http2/6.5.3/1", "of two values the last counts", "data 1", Frame(Settings, 0, 0, [.. Setting(4, 100), .. Setting(4, 1)]), "settings-ack", Get()),
        new("http2/6.5.3/2", "settings are acknowledged", "settings-ack", Frame(Settings, 0, 0)),
        new("http2/6.7/1", "a ping", "ping", OurPing),
        new("http2/6.7/2", "an answer to a ping is not answered", "ping", Frame(Ping, Ack, 0, new byte[8]), OurPing),
        new("http2/6.7/3", "ping on a stream", "connection PROTOCOL", Frame(Ping, 0, 1, new byte[8])),
        new("http2/6.7/4", "ping of six bytes", "connection FRAME_SIZE", Frame(Ping, 0, 0, new byte[6])),
        new("http2/6.8/1", "goaway on a stream", "connection PROTOCOL", Frame(GoAway, 0, 1, new byte[8])),
        new("http2/6.9/1", "window of nothing", "connection PROTOCOL", Frame(Window, 0, 0, Number(0))),
        new("http2/6.9/2", "window of nothing on a stream", "stream PROTOCOL", Post(), Frame(Window, 0, 1, Number(0))),
        new("http2/6.9/3", "window of three bytes", "connection FRAME_SIZE", Frame(Window, 0, 0, 0, 0, 1)),
        new("http2/6.9.1/1", "no more than the window is sent", "data 1", Frame(Settings, 0, 0, Setting(4, 1)), "settings-ack", Get()),
        new("http2/6.9.1/2", "window beyond the limit", "connection FLOW_CONTROL", Frame(Window, 0, 0, Number(0x7FFFFFFF)), Frame(Window, 0, 0, Number(0x7FFFFFFF))),
        new("http2/6.9.1/3", "window of a stream beyond the limit", "stream FLOW_CONTROL", Post(), Frame(Window, 0, 1, Number(0x7FFFFFFF)), Frame(Window, 0, 1, Number(0x7FFFFFFF))),
        new("http2/6.9.2/1", "a window that grows by settings", "data 1", Frame(Settings, 0, 0, Setting(4, 0)), "settings-ack", Get(), Frame(Settings, 0, 0, Setting(4, 1)), "settings-ack"),
        new("http2/6.9.2/2", "a window below nothing", "data 1", Frame(Settings, 0, 0, Setting(4, 3)), "settings-ack", Get(), "data 3", Frame(Settings, 0, 0, Setting(4, 2)), "settings-ack", Frame(Window, 0, 1, Number(2))),
        new("http2/6.9.2/3", "a window by settings above the limit", "connection FLOW_CONTROL", Frame(Settings, 0, 0, Setting(4, 0x80000000))),
        new("http2/6.10/1", "headers in three", "answered 5", Frame(Headers, EndStream, 1, Half), Frame(Continuation, 0, 1, Rest[..6]), Frame(Continuation, EndHeaders, 1, Rest[6..])),
        new("http2/6.10/2", "a continuation and then data", "connection PROTOCOL", Frame(Headers, 0, 1, Half), Frame(Continuation, 0, 1, Rest), Frame(Body, EndStream, 1, 1)),
        new("http2/6.10/3", "continuation on stream 0", "connection PROTOCOL", Frame(Headers, EndStream, 1, Half), Frame(Continuation, EndHeaders, 0, Rest)),
        new("http2/6.10/4", "continuation behind whole headers", "connection PROTOCOL", Post(), Frame(Continuation, EndHeaders, 1, Fields(("x-test", "1")))),
        new("http2/6.10/5", "continuation behind the last continuation", "connection PROTOCOL", Frame(Headers, 0, 1, Half), Frame(Continuation, EndHeaders, 1, Rest), Frame(Continuation, EndHeaders, 1, Fields(("x-test", "1")))),
        new("http2/6.10/6", "continuation behind data", "connection PROTOCOL", Post(), Frame(Body, 0, 1, 1), Frame(Continuation, EndHeaders, 1, Fields(("x-test", "1")))),

        new("http2/7/1", "goaway for a reason nobody knows, then a ping", "connection NO", Frame(GoAway, 0, 0, [.. Number(0), .. Number(0xFF)]), OurPing),
        new("http2/7/2", "reset for a reason nobody knows, then a ping", "ping", Post(), Frame(Reset, 0, 1, Number(0xFF)), OurPing),
        new("http2/8.1/1", "headers again without the end", "stream PROTOCOL", Post(), Frame(Headers, EndHeaders, 1, Fields(("x-late", "1")))),
        new("http2/8.1.2/1", "a name in capitals", "stream PROTOCOL", With(("X-TEST", "ok"))),
        new("http2/8.1.2.1/1", "an unknown pseudo field", "stream PROTOCOL", With((":test", "ok"))),
        new("http2/8.1.2.1/2", "a pseudo field of answers", "stream PROTOCOL", With((":status", "200"))),
        new("http2/8.1.2.1/3", "a pseudo field among trailers", "stream PROTOCOL", Post(), Frame(Headers, Whole, 1, Fields((":method", "200")))),
        new("http2/8.1.2.1/4", "a pseudo field behind others", "stream PROTOCOL", Of((":method", "GET"), (":scheme", "https"), ("x-test", "1"), (":authority", Authority), (":path", "/"))),
        new("http2/8.1.2.2/1", "connection", "stream PROTOCOL", With(("connection", "keep-alive"))),
        new("http2/8.1.2.2/2", "te other than trailers", "stream PROTOCOL", With(("te", "trailers, deflate"))),
        new("http2/8.1.2.3/1", "an empty path", "stream PROTOCOL", Frame(Headers, Whole, 1, Request("GET", ""))),
        new("http2/8.1.2.3/2", "no method", "stream PROTOCOL", Of((":scheme", "https"), (":path", "/"), (":authority", Authority))),
        new("http2/8.1.2.3/3", "no scheme", "stream PROTOCOL", Of((":method", "GET"), (":path", "/"), (":authority", Authority))),
        new("http2/8.1.2.3/4", "no path", "stream PROTOCOL", Of((":method", "GET"), (":scheme", "https"), (":authority", Authority))),
        new("http2/8.1.2.3/5", "two methods", "stream PROTOCOL", With((":method", "GET"))),
        new("http2/8.1.2.3/6", "two schemes", "stream PROTOCOL", With((":scheme", "https"))),
        new("http2/8.1.2.3/7", "two paths", "stream PROTOCOL", With((":path", "/"))),
        new("http2/8.1.2.6/1", "a length that is not the body's", "stream PROTOCOL", Frame(Headers, EndHeaders, 1, Request("POST", "/", ("content-length", "1"))), Frame(Body, EndStream, 1, 1, 2, 3, 4)),
        new("http2/8.1.2.6/2", "a length that is not the bodies'", "stream PROTOCOL", Frame(Headers, EndHeaders, 1, Request("POST", "/", ("content-length", "1"))), Frame(Body, 0, 1, 1, 2), Frame(Body, EndStream, 1, 3)),
        new("http2/8.2/1", "a push by a visitor", "connection PROTOCOL", Frame(Push, EndHeaders, 1, [.. Number(2), .. Request()])),

        new("hpack/2.3.3/1", "an index that is not there", "connection COMPRESSION", Frame(Headers, Whole, 1, [.. Request(), 0xC6])),
        new("hpack/2.3.3/2", "a name by an index that is not there", "connection COMPRESSION", Frame(Headers, Whole, 1, [.. Request(), 0x7F, 7, 1, (byte)'a'])),
        new("hpack/4.2/1", "another table at the end of the fields", "connection COMPRESSION", Frame(Headers, Whole, 1, [.. Request(), 0x3F, 0x61])),
        new("hpack/5.2/1", "packed text with more than seven bits behind it", "connection COMPRESSION", Frame(Headers, Whole, 1, [.. Request(), 0, 1, (byte)'x', 0x83, 0x61, 0xDF, 0xFF])),
        new("hpack/5.2/2", "packed text with zeros behind it", "connection COMPRESSION", Frame(Headers, Whole, 1, [.. Request(), 0, 1, (byte)'x', 0x82, 0x61, 0xD0])),
        new("hpack/5.2/3", "packed text with its end inside", "connection COMPRESSION", Frame(Headers, Whole, 1, [.. Request(), 0, 1, (byte)'x', 0x86, 0x61, 0xDF, 0xFF, 0xFF, 0xFF, 0xFF])),
        new("hpack/6.1/1", "index nothing", "connection COMPRESSION", Frame(Headers, Whole, 1, [.. Request(), 0x80])) { Here = "goaway 2" },
        new("hpack/6.3/1", "a table larger than allowed", "connection COMPRESSION", Frame(Headers, Whole, 1, [0x3F, 0xE1, 0xFF, 0x7F, .. Request()])),
    ];

    private static byte[] Many => [.. Enumerable.Range(0, 101).SelectMany(number => Post(1 + (2 * (uint)number)))];

    private static byte[] Of(params (string Name, string Value)[] fields) => Frame(Headers, Whole, 1, Fields(fields));

    private static byte[] With(params (string Name, string Value)[] more) => Frame(Headers, Whole, 1, Request("GET", "/", more));
}
