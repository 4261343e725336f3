using static Homestack.EndToEnd.Networks.Http2Frames;

namespace Homestack.EndToEnd.Networks;

/// <summary>What HTTP/2 forbids beyond the cases of h2spec (<see cref="Http2ProtocolCases"/>), each as the bytes that follow a good greeting.</summary>
/// <remarks><para>Source: the sections of RFC 9113 that stand in the names.</para></remarks>
internal static class Http2Cases
{
    private const byte Whole = EndHeaders | EndStream;

    /// <summary>The answer must be an end of the connection or of the stream.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Forbidden { get; } =
    [
        ("8.2.1 a value with a line end", Frame(Headers, Whole, 1, Request("GET", "/", ("x-test", "a\r\nEvil: 1")))),
        ("8.2.1 a value with a lone line feed", Frame(Headers, Whole, 1, Request("GET", "/", ("x-test", "a\nEvil: 1")))),
        ("8.2.1 a value with a zero", Frame(Headers, Whole, 1, Request("GET", "/", ("x-test", "a\0")))),
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
