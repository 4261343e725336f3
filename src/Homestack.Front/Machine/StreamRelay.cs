using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Homestack.Front.Limits;
using Homestack.Front.Listening;
using Homestack.Front.Worlds;

namespace Homestack.Front.Machine;

/// <summary>A raw TCP port: who may reach it is connected with a container, byte for byte. Anybody else is reset before a byte is read.</summary>
internal sealed class StreamRelay : IOpenListener
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), Idle = TimeSpan.FromHours(2), ErrorPause = TimeSpan.FromMilliseconds(100), ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<RelayedStream, bool> streams = new();
    private readonly CancellationTokenSource end = new();
    private readonly VisitorCount visitors = new();
    private readonly ListenAddress address;
    private readonly WorldReference worlds;
    private readonly TimeProvider clock;
    private readonly Socket socket;

    private StreamRelay(ListenAddress address, WorldReference worlds, TimeProvider clock)
    {
        (this.address, this.worlds, this.clock) = (address, worlds, clock);
        socket = ListenSocket.Bind(address.Endpoint);
    }

    /// <exception cref="SocketException">The address is taken, is none of this machine, or we may not.</exception>
    public static StreamRelay Start(ListenAddress address, WorldReference worlds, TimeProvider clock)
    {
        var relay = new StreamRelay(address, worlds, clock);
        try
        {
            relay.socket.Listen(256);
        }
        catch
        {
            relay.socket.Dispose();
            throw;
        }

        _ = relay.AcceptAsync();
        _ = relay.WatchAsync();
        return relay;
    }

    /// <inheritdoc/>
    /// <remarks>A port that is closed is closed: what is under way there is cut at once.</remarks>
    public async Task RetireAsync(TimeSpan limit)
    {
        await end.CancelAsync().ConfigureAwait(false);
        socket.Dispose();
        foreach (var stream in streams.Keys)
        {
            stream.Cut();
        }
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                var visitor = await socket.AcceptAsync(end.Token).ConfigureAwait(false);
                _ = ServeAsync(visitor);
            }
            catch (SocketException)
            {
                // Gone before it was taken, or too many files are open.
                await Task.Delay(ErrorPause, clock).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket visitor)
    {
        if (visitor.RemoteEndPoint is not IPEndPoint { Address: var peer } || worlds.Current.FindRaw(address, peer) is not { } route || !visitors.TryAdd(peer))
        {
            Reset(visitor);
            return;
        }

        try
        {
            if (await ConnectAsync(route, peer).ConfigureAwait(false) is not { } application)
            {
                Reset(visitor);
                return;
            }

            using var stream = new RelayedStream(visitor, application, peer, clock);
            streams.TryAdd(stream, true);
            await stream.RunAsync(end.Token).ConfigureAwait(false);
            streams.TryRemove(stream, out _);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Reset(visitor);
        }
        finally
        {
            visitors.Remove(peer);
        }
    }

    private async Task<Socket?> ConnectAsync(RawRoute route, IPAddress visitor)
    {
        foreach (var destination in route.For(visitor))
        {
            var application = new Socket(destination.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                limit.CancelAfter(ConnectLimit);
                await application.ConnectAsync(destination, limit.Token).ConfigureAwait(false);
                return application;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                application.Dispose();
            }
        }

        return null;
    }

    /// <summary>Cuts who may not be here any more, and who has said nothing for long.</summary>
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false))
            {
                foreach (var stream in streams.Keys.Where(stream => stream.Silence > Idle || worlds.Current.FindRaw(address, stream.Visitor) is null))
                {
                    stream.Cut();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The port is closed.
        }
    }

    private static void Reset(Socket visitor)
    {
        try
        {
            visitor.LingerState = new(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }

        visitor.Dispose();
    }
}
