using static Homestack.EndToEnd.Networks.Http2Case;
using static Homestack.EndToEnd.Networks.Http2Frames;

namespace Homestack.EndToEnd.Networks;

/// <summary>What every server must do: counterparts of the part "generic".</summary>
internal static class Http2GenericCases
{
    private static readonly byte[] Half = Request()[..8];
    private static readonly byte[] Rest = Request()[8..];

    public static IReadOnlyList<Http2Case> All { get; } =
    [
        new("generic/1/1", "the greeting", "settings", Preface, Frame(Settings, 0, 0)),

        new("generic/2/1", "priority of an idle stream", "answered 5", PriorityOf(1, 0), Get()),
        new("generic/2/2", "window behind a whole request", "answered 5", Get(), Frame(Window, 0, 1, Number(100))),
        new("generic/2/3", "priority behind a whole request", "answered 5", Get(), PriorityOf(1, 0)),
        new("generic/2/4", "reset behind a whole request", "ping", Get(), Frame(Reset, 0, 1, Number(8)), OurPing),
        new("generic/2/5", "priority of a closed stream", "ping", Get(), "ended", PriorityOf(1, 0), OurPing),

        new("generic/3.1/1", "a body", "answered 5", Post(), Frame(Body, EndStream, 1, 1, 2, 3)),
        new("generic/3.1/2", "a body in two", "answered 5", Post(), Frame(Body, 0, 1, 1, 2, 3), Frame(Body, EndStream, 1, 4, 5)),
        new("generic/3.1/3", "a padded body", "answered 5", Post(), Frame(Body, EndStream | Padded, 1, 5, 1, 2, 0, 0, 0, 0, 0)),

        new("generic/3.2/1", "headers", "answered 5", Get()),
        new("generic/3.2/2", "padded headers", "answered 5", Frame(Headers, Whole | Padded, 1, [6, .. Request(), .. new byte[6]])),
        new("generic/3.2/3", "headers with a priority", "answered 5", Frame(Headers, Whole | WithPriority, 1, [0x80, 0, 0, 0, 255, .. Request()])),

        new("generic/3.3/1", "the least weight", "answered 5", PriorityOf(1, 0, 0), Get()),
        new("generic/3.3/2", "the greatest weight", "answered 5", PriorityOf(1, 0, 255), Get()),
        new("generic/3.3/3", "a stream that waits for another", "answered 5", PriorityOf(3, 1, 0), Get()),
        new("generic/3.3/4", "a stream that waits alone", "answered 5", PriorityOf(1, 0x80000000, 0), Get()),
        new("generic/3.3/5", "priority of an idle stream, then headers of a lower one", "answered 5", PriorityOf(3, 0, 255), Get()),

        new("generic/3.4/1", "a reset", "ping", Post(), Frame(Reset, 0, 1, Number(8)), OurPing),
        new("generic/3.5/1", "settings", "settings-ack", Frame(Settings, 0, 0, Setting(3, 100))),
        new("generic/3.7/1", "a ping", "ping", OurPing),
        new("generic/3.8/1", "goaway, then a ping, which is answered or the connection closed", "connection NO", Frame(GoAway, 0, 0, [.. Number(0), .. Number(0)]), OurPing),
        new("generic/3.9/1", "window of the connection", "answered 5", Frame(Window, 0, 0, Number(100)), Get()),
        new("generic/3.9/2", "window of a stream that has none left", "data 3", Frame(Settings, 0, 0, Setting(4, 2)), "settings-ack", Get(), "data 2", Frame(Window, 0, 1, Number(100))),
        new("generic/3.10/1", "headers in two", "answered 5", Frame(Headers, EndStream, 1, Half), Frame(Continuation, EndHeaders, 1, Rest)),
        new("generic/3.10/2", "headers in three", "answered 5", Frame(Headers, EndStream, 1, Half), Frame(Continuation, 0, 1, Rest[..6]), Frame(Continuation, EndHeaders, 1, Rest[6..])),

        new("generic/4/1", "GET", "answered 5", Get()),
        new("generic/4/2", "HEAD", "answered 0", Frame(Headers, Whole, 1, Request("HEAD"))),
        new("generic/4/3", "POST", "answered 5", Post(), Frame(Body, EndStream, 1, 1)),
        new("generic/4/4", "POST with trailers", "answered 5", Post(), Frame(Body, 0, 1, 1), Frame(Headers, Whole, 1, Fields(("x-test", "ok")))),

        // RFC 7541 Appendix A: 2 is GET, 7 is https, 4 is the path "/". The application answers a path of /7 with seven bytes: so it is seen that it was read rightly.
        new("generic/5/1", "fields by their index", "answered 5", Packed([0x84])),
        new("generic/5/2", "kept, name by index", "answered 7", Packed([0x44, .. Seven])),
        new("generic/5/3", "kept, name by index, packed", "answered 7", Packed([0x44, .. PackedSeven])),
        new("generic/5/4", "kept, name written out", "answered 7", Packed([0x40, .. Path, .. Seven])),
        new("generic/5/5", "kept, name written out, packed", "answered 7", Packed([0x40, .. PackedPath, .. PackedSeven])),
        new("generic/5/6", "not kept, name by index", "answered 7", Packed([0x04, .. Seven])),
        new("generic/5/7", "not kept, name by index, packed", "answered 7", Packed([0x04, .. PackedSeven])),
        new("generic/5/8", "not kept, name written out", "answered 7", Packed([0x00, .. Path, .. Seven])),
        new("generic/5/9", "not kept, name written out, packed", "answered 7", Packed([0x00, .. PackedPath, .. PackedSeven])),
        new("generic/5/10", "never kept, name by index", "answered 7", Packed([0x14, .. Seven])),
        new("generic/5/11", "never kept, name by index, packed", "answered 7", Packed([0x14, .. PackedSeven])),
        new("generic/5/12", "never kept, name written out", "answered 7", Packed([0x10, .. Path, .. Seven])),
        new("generic/5/13", "never kept, name written out, packed", "answered 7", Packed([0x10, .. PackedPath, .. PackedSeven])),
        new("generic/5/14", "a smaller table", "answered 5", Frame(Headers, Whole, 1, [0x3F, 0x61, .. Request()])),
        new("generic/5/15", "a smaller table and a larger one", "answered 5", Frame(Headers, Whole, 1, [0x3F, 0x61, 0x3F, 0xE1, 0x1F, .. Request()])),
    ];

    /// <summary>What h2spec does not ask: a field that was kept is used by its number in the next request.</summary>
    public static Http2Case Kept { get; } = new("RFC 7541 2.3.2", "a field that was kept", "answered 7", Packed([0x44, .. Seven]), "ended", Packed([0xBE], 3));

    private static byte[] Seven => [2, .. "/7"u8];

    private static byte[] PackedSeven => [0x82, 0x61, 0xDF];

    private static byte[] Path => [5, .. ":path"u8];

    private static byte[] PackedPath => [0x84, 0xB9, 0x58, 0xD3, 0x3F];

    /// <summary>A request whose path is written so.</summary>
    private static byte[] Packed(byte[] path, uint id = 1) => Frame(Headers, Whole, id, [0x82, 0x87, .. path, .. Fields((":authority", $"app.{FrontAlone.Domain}"))]);

    private static byte[] PriorityOf(uint id, uint waitsFor, byte weight = 15) => Frame(Priority, 0, id, [.. Number(waitsFor), weight]);
}
