using static Homestack.EndToEnd.Networks.Http2Frames;

namespace Homestack.EndToEnd.Networks;

/// <summary>What HTTP/2 forbids, each as the bytes that follow a good greeting.</summary>
/// <remarks><para>Source: the sections of RFC 9113 and RFC 7541 that stand in the names; written anew after the list of cases of h2spec.</para></remarks>
internal static class Http2Cases
{
    private const byte Whole = EndHeaders | EndStream;

    /// <summary>The answer must be an end of the connection or of the stream.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Forbidden { get; } =
    [
        ("4.1 a frame longer than allowed", Frame(Body, 0, 1, 1 << 15, new byte[1 << 15])),
        ("4.2 headers larger than a frame may be", Frame(Headers, Whole, 1, 1 << 15, new byte[1 << 15])),
        ("4.3 bad compression", Frame(Headers, Whole, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)),
        ("4.3 headers cut by a priority", [.. Frame(Headers, EndStream, 1, Request()), .. Frame(Priority, 0, 1, 0, 0, 0, 0, 1)]),
        ("4.3 headers cut by headers of another stream", [.. Frame(Headers, EndStream, 1, Request()), .. Frame(Headers, Whole, 3, Request())]),
        ("5.1 data to an idle stream", Frame(Body, EndStream, 1, 1)),
        ("5.1 reset of an idle stream", Frame(Reset, 0, 1, Number(8))),
        ("5.1 window of an idle stream", Frame(Window, 0, 1, Number(100))),
        ("5.1 continuation of an idle stream", Frame(Continuation, EndHeaders, 1, Request())),
        ("5.1 data after the end", [.. Frame(Headers, Whole, 1, Request("POST")), .. Frame(Body, EndStream, 1, 1)]),
        ("5.1 headers after the end", [.. Frame(Headers, Whole, 1, Request("POST")), .. Frame(Headers, Whole, 1, Request("POST"))]),
        ("5.1 continuation after the end", [.. Frame(Headers, Whole, 1, Request("POST")), .. Frame(Continuation, EndHeaders, 1, Request("POST"))]),
        ("5.1.1 an even stream", Frame(Headers, Whole, 2, Request())),
        ("5.1.1 a stream below the last", [.. Frame(Headers, Whole, 5, Request()), .. Frame(Headers, Whole, 3, Request())]),
        ("5.3.1 a stream that waits for itself, by headers", Frame(Headers, Whole | WithPriority, 1, [.. Number(1), 1, .. Request()])),
        ("5.3.1 a stream that waits for itself, by priority", Frame(Priority, 0, 1, [.. Number(1), 1])),
        ("5.5 an unknown frame amid headers", [.. Frame(Headers, EndStream, 1, Request()), .. Frame(0xEE, 0, 1, 0)]),
        ("6.1 data on stream 0", Frame(Body, EndStream, 0, 1)),
        ("6.1 data with too much padding", [.. Frame(Headers, EndHeaders, 1, Request("POST")), .. Frame(Body, EndStream | Padded, 1, 6, 1, 2)]),
        ("6.2 headers on stream 0", Frame(Headers, Whole, 0, Request())),
        ("6.2 headers with too much padding", Frame(Headers, Whole | Padded, 1, [200, .. Request()[..20]])),
        ("6.3 priority on stream 0", Frame(Priority, 0, 0, 0, 0, 0, 0, 1)),
        ("6.3 priority of four bytes", Frame(Priority, 0, 1, 0, 0, 0, 0)),
        ("6.4 reset on stream 0", Frame(Reset, 0, 0, Number(8))),
        ("6.4 reset of three bytes", [.. Frame(Headers, EndHeaders, 1, Request("POST")), .. Frame(Reset, 0, 1, 0, 0, 0)]),
        ("6.5 acknowledged settings with content", Frame(Settings, Ack, 0, Setting(3, 1))),
        ("6.5 settings on a stream", Frame(Settings, 0, 1)),
        ("6.5 settings of five bytes", Frame(Settings, 0, 0, 0, 3, 0, 0, 0)),
        ("6.5.2 push of two", Frame(Settings, 0, 0, Setting(2, 2))),
        ("6.5.2 a window above the limit", Frame(Settings, 0, 0, Setting(4, 0x80000000))),
        ("6.5.2 frames below the limit", Frame(Settings, 0, 0, Setting(5, 16383))),
        ("6.5.2 frames above the limit", Frame(Settings, 0, 0, Setting(5, 16777216))),
        ("6.6 a push by a visitor", Frame(Push, EndHeaders, 1, [.. Number(2), .. Request()])),
        ("6.7 ping on a stream", Frame(Ping, 0, 1, new byte[8])),
        ("6.7 ping of six bytes", Frame(Ping, 0, 0, new byte[6])),
        ("6.8 goaway on a stream", Frame(GoAway, 0, 1, new byte[8])),
        ("6.9 window of nothing", Frame(Window, 0, 0, Number(0))),
        ("6.9 window of nothing on a stream", [.. Frame(Headers, EndHeaders, 1, Request("POST")), .. Frame(Window, 0, 1, Number(0))]),
        ("6.9 window of three bytes", Frame(Window, 0, 0, 0, 0, 1)),
        ("6.9.1 window beyond the limit", [.. Frame(Window, 0, 0, Number(0x7FFFFFFF)), .. Frame(Window, 0, 0, Number(0x7FFFFFFF))]),
        ("6.9.1 window of a stream beyond the limit", [.. Frame(Headers, EndHeaders, 1, Request("POST")), .. Frame(Window, 0, 1, Number(0x7FFFFFFF)), .. Frame(Window, 0, 1, Number(0x7FFFFFFF))]),
        ("6.10 continuation on stream 0", [.. Frame(Headers, EndStream, 1, Request()[..8]), .. Frame(Continuation, EndHeaders, 0, Request()[8..])]),
        ("6.10 continuation behind whole headers", [.. Frame(Headers, EndHeaders, 1, Request("POST")), .. Frame(Continuation, EndHeaders, 1, Request())]),
        ("6.10 continuation behind data", [.. Frame(Headers, EndHeaders, 1, Request("POST")), .. Frame(Body, 0, 1, 1), .. Frame(Continuation, EndHeaders, 1, Request())]),
        ("8.1 headers again without the end", [.. Frame(Headers, EndHeaders, 1, Request("POST")), .. Frame(Headers, EndHeaders, 1, Fields(("x-late", "1")))]),
        ("8.2 a name in capitals", Frame(Headers, Whole, 1, Request("GET", "/", ("X-Test", "ok")))),
        ("8.2.1 a value with a line end", Frame(Headers, Whole, 1, Request("GET", "/", ("x-test", "a\r\nEvil: 1")))),
        ("8.2.1 a value with a lone line feed", Frame(Headers, Whole, 1, Request("GET", "/", ("x-test", "a\nEvil: 1")))),
        ("8.2.1 a value with a zero", Frame(Headers, Whole, 1, Request("GET", "/", ("x-test", "a\0")))),
        ("8.2.2 connection", Frame(Headers, Whole, 1, Request("GET", "/", ("connection", "keep-alive")))),
        ("8.2.2 te other than trailers", Frame(Headers, Whole, 1, Request("GET", "/", ("te", "trailers, deflate")))),
        ("8.3 an unknown pseudo field", Frame(Headers, Whole, 1, Request("GET", "/", (":test", "ok")))),
        ("8.3 a pseudo field of answers", Frame(Headers, Whole, 1, Request("GET", "/", (":status", "200")))),
        ("8.3 a pseudo field behind others", Frame(Headers, Whole, 1, Fields((":method", "GET"), (":scheme", "https"), ("x-test", "1"), (":path", "/"), (":authority", $"app.{FrontAlone.Domain}")))),
        ("8.3 a pseudo field among trailers", [.. Frame(Headers, EndHeaders, 1, Request("POST")), .. Frame(Headers, Whole, 1, Fields((":method", "POST")))]),
        ("8.3.1 an empty path", Frame(Headers, Whole, 1, Request("GET", ""))),
        ("8.3.1 no method", Frame(Headers, Whole, 1, Fields((":scheme", "https"), (":path", "/"), (":authority", $"app.{FrontAlone.Domain}")))),
        ("8.3.1 no scheme", Frame(Headers, Whole, 1, Fields((":method", "GET"), (":path", "/"), (":authority", $"app.{FrontAlone.Domain}")))),
        ("8.3.1 no path", Frame(Headers, Whole, 1, Fields((":method", "GET"), (":scheme", "https"), (":authority", $"app.{FrontAlone.Domain}")))),
        ("8.3.1 two methods", Frame(Headers, Whole, 1, Request("GET", "/", (":method", "GET")))),
        ("8.3.1 two schemes", Frame(Headers, Whole, 1, Request("GET", "/", (":scheme", "https")))),
        ("8.3.1 two paths", Frame(Headers, Whole, 1, Request("GET", "/", (":path", "/other")))),
        ("8.1.1 a length that is not the body's", [.. Frame(Headers, EndHeaders, 1, Request("POST", "/", ("content-length", "1"))), .. Frame(Body, EndStream, 1, 1, 2, 3, 4)]),
        ("8.1.1 a length that is not the bodies'", [.. Frame(Headers, EndHeaders, 1, Request("POST", "/", ("content-length", "1"))), .. Frame(Body, 0, 1, 1, 2), .. Frame(Body, EndStream, 1, 3)]),
        ("hpack 2.3.3 an index that is not there", Frame(Headers, Whole, 1, [.. Request(), 0xC6])),
        ("hpack 4.2 a table made larger than allowed", Frame(Headers, Whole, 1, [0x3F, 0xE1, 0xFF, 0x7F, .. Request()])),
        ("hpack 5.2 a code that ends too late", Frame(Headers, Whole, 1, [.. Request(), 0, 0x85, 0xF2, 0xB2, 0x4A, 0x84, 0xFF, 0x84, 0x49, 0x50, 0x9F, 0xFF])),
        ("hpack 6.1 index nothing", Frame(Headers, Whole, 1, [0x80, .. Request()])),
    ];

    /// <summary>The answer may also be a refusal by status: the request is whole, and means nothing good.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Refused { get; } =
    [
        ("a name with a space", Frame(Headers, Whole, 1, Request("GET", "/", ("x evil", "evil")))),
        ("a name with a line end", Frame(Headers, Whole, 1, Request("GET", "/", ("x\r\nevil", "evil")))),
        ("a method with a request in it", Frame(Headers, Whole, 1, Request("GET / HTTP/1.1\r\nHost: evil\r\n\r\nGET"))),
        ("a path with a request in it", Frame(Headers, Whole, 1, Request("GET", "/ HTTP/1.1\r\nHost: evil\r\n\r\n"))),
        ("a path with a space", Frame(Headers, Whole, 1, Request("GET", "/a b"))),
        ("a path that climbs", Frame(Headers, Whole, 1, Request("GET", "/a/../b"))),
        ("a host beside another authority", Frame(Headers, Whole, 1, Request("GET", "/", ("host", "evil.home.test")))),
        ("transfer-encoding", Frame(Headers, Whole, 1, Request("POST", "/", ("transfer-encoding", "chunked")))),
        ("two lengths", [.. Frame(Headers, EndHeaders, 1, Request("POST", "/", ("content-length", "1"), ("content-length", "2"))), .. Frame(Body, EndStream, 1, 1)]),
        ("connect", Frame(Headers, Whole, 1, Fields((":method", "CONNECT"), (":authority", "evil.home.test:443")))),
        ("upgrade", Frame(Headers, Whole, 1, Request("GET", "/", ("upgrade", "h2c")))),
    ];
}
