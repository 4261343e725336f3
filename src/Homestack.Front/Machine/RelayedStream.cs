using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Homestack.Front.Machine;

/// <summary>One visitor and one container, connected. Each side may end its half while the other goes on (RFC 9293 §3.6).</summary>
internal sealed class RelayedStream(Socket visitor, Socket application, IPAddress peer, TimeProvider clock) : IDisposable
{
    private const int Piece = 32 << 10;

    private long heard = clock.GetTimestamp();

    public IPAddress Visitor { get; } = peer;

    /// <summary>For how long neither side has said anything.</summary>
    public TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref heard));

    /// <summary>Until both sides have ended, or one broke off.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var socket in new[] { visitor, application })
        {
            socket.NoDelay = true;
            // A machine that was switched off says nothing more: this finds out.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        }

        await Task.WhenAll(PumpAsync(visitor, application, cancellationToken), PumpAsync(application, visitor, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Ends both sides now.</summary>
    public void Cut() => Dispose();

    public void Dispose()
    {
        visitor.Dispose();
        application.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                // Waits without room for what may come: who is silent holds none.
                await from.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                var room = ArrayPool<byte>.Shared.Rent(Piece);
                try
                {
                    var count = await from.ReceiveAsync(room.AsMemory(), SocketFlags.None, cancellationToken).ConfigureAwait(false);
                    if (count == 0)
                    {
                        to.Shutdown(SocketShutdown.Send);
                        return;
                    }

                    Volatile.Write(ref heard, clock.GetTimestamp());
                    for (var sent = 0; sent < count;)
                    {
                        sent += await to.SendAsync(room.AsMemory(sent, count - sent), SocketFlags.None, cancellationToken).ConfigureAwait(false);
                    }
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(room);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // What broke off on one side is broken off on the other.
            Cut();
        }
    }
}
