using System.Buffers.Binary;
using System.Net.Security;
using System.Text;

namespace Homestack.EndToEnd.Networks;

/// <summary>A visitor who writes HTTP/2 frames by hand, wrong ones too.</summary>
/// <remarks><para>Source: RFC 9113 §4.1 (frames), §6; RFC 7541 §6.2.2 (fields without an index).</para></remarks>
internal sealed class Http2Frames(SslStream stream) : IAsyncDisposable
{
    public const byte Body = 0, Headers = 1, Priority = 2, Reset = 3, Settings = 4, Push = 5, Ping = 6, GoAway = 7, Window = 8, Continuation = 9;
    public const byte EndStream = 1, Ack = 1, EndHeaders = 4, Padded = 8, WithPriority = 32;

    public static readonly byte[] Preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    public static async Task<Http2Frames> ConnectAsync(FrontAlone front, bool isGreeting = true)
    {
        var frames = new Http2Frames(await front.SecureAsync("app", SslApplicationProtocol.Http2, TestContext.Current.CancellationToken));
        if (isGreeting)
        {
            await frames.SendAsync([.. Preface, .. Frame(Settings, 0, 0)]);
        }

        return frames;
    }

    public static byte[] Frame(byte type, byte flags, uint id, params byte[] payload) => Frame(type, flags, id, payload.Length, payload);

    /// <param name="type">Of the frame.</param>
    /// <param name="flags">Of the frame.</param>
    /// <param name="id">Of the stream.</param>
    /// <param name="length">As it is said, which may be a lie.</param>
    /// <param name="payload">As it is.</param>
    public static byte[] Frame(byte type, byte flags, uint id, int length, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        frame[0] = (byte)(length >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)length);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), id);
        payload.CopyTo(frame, 9);
        return frame;
    }

    public static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Setting(ushort id, uint value) => [(byte)(id >> 8), (byte)id, .. Number(value)];

    /// <summary>Fields, each written out.</summary>
    public static byte[] Fields(params (string Name, string Value)[] fields) =>
        [.. fields.SelectMany(field => (byte[])[0, .. Text(field.Name), .. Text(field.Value)])];

    /// <summary>A request that is in order, and what is put behind it.</summary>
    public static byte[] Request(string method = "GET", string path = "/", params (string Name, string Value)[] more) =>
        Fields([(":method", method), (":scheme", "https"), (":authority", $"app.{FrontAlone.Domain}"), (":path", path), .. more]);

    public Task SendAsync(byte[] bytes) => stream.WriteAsync(bytes, TestContext.Current.CancellationToken).AsTask();

    /// <summary>Reads until the other side ends, the stream is reset, or a status came.</summary>
    /// <param name="limit">No longer than this.</param>
    /// <returns><c>closed</c>, <c>goaway N</c>, <c>reset N</c>, <c>answered</c>, or <c>nothing</c>.</returns>
    public async Task<string> VerdictAsync(TimeSpan limit)
    {
        using var end = new CancellationTokenSource(limit);
        while (true)
        {
            var (name, frame) = await NextAsync(end.Token);
            if (frame is not { Type: not (GoAway or Reset or Headers) })
            {
                return frame is { Type: Headers } ? "answered" : name;
            }
        }
    }

    /// <summary>The next frame, and what it is called.</summary>
    /// <returns><c>headers</c>, <c>data N</c>, <c>settings</c>, <c>settings-ack</c>, <c>ping-ack</c>, <c>goaway N</c>, <c>reset N</c>, or <c>frame N</c>; without a frame <c>closed</c> or <c>nothing</c>.</returns>
    public async Task<(string Name, Http2Frame? Frame)> NextAsync(CancellationToken cancellationToken)
    {
        var head = new byte[9];
        try
        {
            await stream.ReadExactlyAsync(head, cancellationToken);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await stream.ReadExactlyAsync(payload, cancellationToken);
            var name = head[3] switch
            {
                Headers => "headers",
                Body => $"data {payload.Length}",
                Settings => (head[4] & Ack) != 0 ? "settings-ack" : "settings",
                Ping when (head[4] & Ack) != 0 => "ping-ack",
                GoAway => $"goaway {BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4))}",
                Reset => $"reset {BinaryPrimitives.ReadUInt32BigEndian(payload)}",
                _ => $"frame {head[3]}",
            };
            return (name, new Http2Frame(head[3], head[4], BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(5)), payload));
        }
        catch (Exception closed) when (closed is IOException)
        {
            return ("closed", null);
        }
        catch (OperationCanceledException)
        {
            return ("nothing", null);
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    // RFC 7541 §5.1 and §5.2: short texts have their length in seven bits, longer ones go on.
    private static IEnumerable<byte> Text(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var rest = bytes.Length - 127;
        if (rest < 0)
        {
            return [(byte)bytes.Length, .. bytes];
        }

        var length = new List<byte> { 127 };
        for (; rest >= 128; rest >>= 7)
        {
            length.Add((byte)((rest & 127) | 128));
        }

        length.Add((byte)rest);
        return [.. length, .. bytes];
    }
}

/// <summary>As it came.</summary>
internal sealed record Http2Frame(byte Type, byte Flags, uint Stream, byte[] Payload);
