using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Homestack.Front.Upstreams;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Forwarding;

/// <summary>Hands the body of a request on as it comes, while the answer may come already.</summary>
/// <param name="body">The visitor's.</param>
/// <param name="connection">The application's.</param>
/// <param name="framing">How it was announced.</param>
internal sealed class BodySender(PipeReader body, UpstreamConnection connection, BodyFraming framing)
{
    private const int Piece = 16 << 10, Frame = 16;

    /// <summary>What the visitor sent was no body, or the visitor left; the connection was cut.</summary>
    public bool IsVisitorsFault { get; private set; }

    /// <summary>What to tell the visitor whose body was none, such as 413 when it is too large.</summary>
    public int Refusal { get; private set; } = StatusCodes.Status400BadRequest;

    /// <summary>All of it was sent.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Until all is sent, or either side is at an end. Throws nothing.</summary>
    public async Task RunAsync()
    {
        var piece = framing.IsChunked ? ArrayPool<byte>.Shared.Rent(Piece + (2 * Frame)) : [];
        try
        {
            var sent = 0L;
            for (var pieces = 1; ; pieces++)
            {
                await AnswerBody.LetOthersAsync(pieces).ConfigureAwait(false);
                if (await ReadAsync().ConfigureAwait(false) is not { IsCanceled: false } read)
                {
                    return;
                }

                sent += read.Buffer.Length;
                if (sent > framing.Length || (read.IsCompleted && sent < framing.Length))
                {
                    Blame();
                    return;
                }

                await SendAsync(read.Buffer, piece).ConfigureAwait(false);
                body.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            if (framing.IsChunked)
            {
                await connection.SendAsync("0\r\n\r\n"u8.ToArray()).ConfigureAwait(false);
            }

            IsWhole = true;
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The application takes no more. It may have said why.
        }
        finally
        {
            if (piece.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(piece);
            }
        }
    }

    /// <summary>Ends it: the answer has come whole without waiting for the rest.</summary>
    public void Stop()
    {
        connection.Dispose();
        body.CancelPendingRead();
    }

    /// <returns>Null when the visitor sends no body that can be read.</returns>
    private async ValueTask<ReadResult?> ReadAsync()
    {
        try
        {
            return await body.ReadAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // Bad chunks, too large, too slow, or gone. The application must not take for whole what is not.
            Refusal = (exception as BadHttpRequestException)?.StatusCode ?? Refusal;
            Blame();
            return null;
        }
    }

    private void Blame()
    {
        IsVisitorsFault = true;
        connection.Dispose();
    }

    private async ValueTask SendAsync(ReadOnlySequence<byte> bytes, byte[] piece)
    {
        if (!framing.IsChunked)
        {
            foreach (var segment in bytes)
            {
                await connection.SendAsync(segment).ConfigureAwait(false);
            }

            return;
        }

        while (!bytes.IsEmpty)
        {
            var part = bytes.Slice(0, Math.Min(Piece, bytes.Length));
            var size = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{part.Length:x}\r\n"), piece);
            part.CopyTo(piece.AsSpan(size));
            size += (int)part.Length;
            "\r\n"u8.CopyTo(piece.AsSpan(size));
            await connection.SendAsync(piece.AsMemory(0, size + 2)).ConfigureAwait(false);
            bytes = bytes.Slice(part.End);
        }
    }
}
