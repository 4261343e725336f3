using System.Buffers;
using System.Net.Sockets;
using Homestack.Front.Upstreams;

namespace Homestack.Front.Forwarding;

/// <summary>Passes the bytes of a WebSocket in both directions until either side ends.</summary>
internal static class SocketTunnel
{
    private const int Piece = 4096;

    /// <summary>Throws nothing: a WebSocket says its own goodbye, so an end is an end.</summary>
    public static async Task RunAsync(Stream visitor, UpstreamConnection application, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var up = ToApplicationAsync(visitor, application, end.Token);
        var down = ToVisitorAsync(application, visitor, end.Token);
        await Task.WhenAny(up, down).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        application.Dispose();
        await Task.WhenAll(up, down).ConfigureAwait(false);
    }

    private static async Task ToApplicationAsync(Stream visitor, UpstreamConnection application, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var pieces = 0;
            for (var count = await visitor.ReadAsync(buffer, cancellationToken).ConfigureAwait(false); count > 0; count = await visitor.ReadAsync(buffer, cancellationToken).ConfigureAwait(false))
            {
                await AnswerBody.LetOthersAsync(++pieces).ConfigureAwait(false);
                await application.SendAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task ToVisitorAsync(UpstreamConnection application, Stream visitor, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var pieces = 0;
            for (var count = await NextAsync(application, buffer).ConfigureAwait(false); count > 0; count = await NextAsync(application, buffer).ConfigureAwait(false))
            {
                await AnswerBody.LetOthersAsync(++pieces).ConfigureAwait(false);
                await visitor.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                await visitor.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ValueTask<int> NextAsync(UpstreamConnection application, byte[] buffer)
    {
        // First what came right behind the head.
        var count = Math.Min(application.Buffered.Length, buffer.Length);
        application.Buffered[..count].CopyTo(buffer);
        application.Take(count);
        return count > 0 ? new(count) : application.ReceiveAsync(buffer);
    }

    private static bool IsEnd(Exception exception) => exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
