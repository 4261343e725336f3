using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Homestack.Front.Listening;
using Homestack.Front.Sleeping;
using Homestack.Front.Worlds;

namespace Homestack.Front.Machine;

/// <summary>A raw TCP port: who may reach it is connected with a container, byte for byte. Anybody else is reset before a byte is read.</summary>
internal sealed class StreamRelay : RawRelay
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(2), ErrorPause = TimeSpan.FromMilliseconds(100), ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<RelayedStream, bool> streams = new();
    private readonly TimeProvider clock;

    private StreamRelay(ListenAddress address, WorldReference worlds, TimeProvider clock)
        : base(address, worlds, clock, ListenSocket.Bind(address.Endpoint)) => this.clock = clock;

    /// <exception cref="SocketException">The address is taken, is none of this machine, or we may not.</exception>
    public static StreamRelay Start(ListenAddress address, WorldReference worlds, TimeProvider clock)
    {
        var relay = new StreamRelay(address, worlds, clock);
        try
        {
            relay.Socket.Listen(256);
        }
        catch
        {
            relay.Socket.Dispose();
            throw;
        }

        _ = relay.AcceptAsync();
        _ = relay.WatchAsync();
        return relay;
    }

    protected override void CutAll()
    {
        foreach (var stream in streams.Keys)
        {
            stream.Cut();
        }
    }

    protected override void CutOthers()
    {
        foreach (var stream in streams.Keys.Where(stream => stream.Silence > Idle || RouteOf(stream.Visitor) is null))
        {
            stream.Cut();
        }
    }

    private async Task AcceptAsync()
    {
        while (!Ended.IsCancellationRequested)
        {
            try
            {
                var visitor = await Socket.AcceptAsync(Ended).ConfigureAwait(false);
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
        if (visitor.RemoteEndPoint is not IPEndPoint { Address: var peer } || RouteOf(peer) is not { } route || !Visitors.TryAdd(peer))
        {
            Reset(visitor);
            return;
        }

        route.Sleeper?.Visits.Begin();
        try
        {
            if (await (route.Sleeper is { } sleeper ? WakeAsync(sleeper, peer) : ConnectAsync(route, peer)).ConfigureAwait(false) is not { } application)
            {
                Reset(visitor);
                return;
            }

            using var stream = new RelayedStream(visitor, application, peer, clock);
            streams.TryAdd(stream, true);
            await stream.RunAsync(Ended).ConfigureAwait(false);
            streams.TryRemove(stream, out _);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Reset(visitor);
        }
        finally
        {
            route.Sleeper?.Visits.End();
            Visitors.Remove(peer);
        }
    }

    /// <summary>Holds the visitor, who has said nothing that was read, until somebody takes the call.</summary>
    private async Task<Socket?> WakeAsync(Sleeper sleeper, IPAddress visitor)
    {
        var began = clock.GetTimestamp();
        while (await sleeper.WaitAsync(SleepingAnswer.Longest - clock.GetElapsedTime(began), Ended).ConfigureAwait(false) == WaitEnd.Open && RouteOf(visitor) is { } route)
        {
            if (await ConnectAsync(route, visitor).ConfigureAwait(false) is { } application)
            {
                return application;
            }

            sleeper.Doubt();
            await Task.Delay(SleepingAnswer.Pause, clock, Ended).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<Socket?> ConnectAsync(RawRoute route, IPAddress visitor)
    {
        foreach (var destination in route.For(visitor))
        {
            var application = new Socket(destination.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ended);
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
