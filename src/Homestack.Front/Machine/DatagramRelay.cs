using System.Net;
using System.Net.Sockets;
using Homestack.Front.Limits;
using Homestack.Front.Listening;
using Homestack.Front.Worlds;

namespace Homestack.Front.Machine;

/// <summary>A raw UDP port: datagrams of who may reach it go to a container, each visitor's through a socket of its own, by which answers find their way back. Anybody else's are dropped.</summary>
internal sealed class DatagramRelay : IOpenListener
{
    private const int Largest = 65_535;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), Idle = TimeSpan.FromMinutes(2), ErrorPause = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<SocketAddress, DatagramFlow> flows = [];
    private readonly CancellationTokenSource end = new();
    private readonly VisitorCount visitors = new();
    private readonly ListenAddress address;
    private readonly WorldReference worlds;
    private readonly TimeProvider clock;
    private readonly Socket socket;

    private DatagramRelay(ListenAddress address, WorldReference worlds, TimeProvider clock)
    {
        (this.address, this.worlds, this.clock) = (address, worlds, clock);
        socket = ListenSocket.BindDatagrams(address.Endpoint);
    }

    /// <exception cref="SocketException">The address is taken, is none of this machine, or we may not.</exception>
    public static DatagramRelay Start(ListenAddress address, WorldReference worlds, TimeProvider clock)
    {
        var relay = new DatagramRelay(address, worlds, clock);
        _ = relay.ReceiveAsync();
        _ = relay.WatchAsync();
        return relay;
    }

    /// <inheritdoc/>
    public async Task RetireAsync(TimeSpan limit)
    {
        await end.CancelAsync().ConfigureAwait(false);
        socket.Dispose();
        foreach (var flow in Flows())
        {
            flow.Dispose();
        }
    }

    private async Task ReceiveAsync()
    {
        var room = GC.AllocateUninitializedArray<byte>(Largest);
        var from = new SocketAddress(address.Endpoint.AddressFamily);
        while (!end.IsCancellationRequested)
        {
            try
            {
                var count = await socket.ReceiveFromAsync(room.AsMemory(), SocketFlags.None, from, end.Token).ConfigureAwait(false);
                FlowOf(from)?.Send(room.AsSpan(0, count));
            }
            catch (SocketException)
            {
                await Task.Delay(ErrorPause, clock).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <summary>Null for who may not be here, and when there are too many.</summary>
    private DatagramFlow? FlowOf(SocketAddress from)
    {
        lock (flows)
        {
            if (flows.TryGetValue(from, out var known))
            {
                return known;
            }
        }

        if (address.Endpoint.Create(from) is not IPEndPoint peer || worlds.Current.FindRaw(address, peer.Address) is not { } route || route.For(peer.Address).FirstOrDefault() is not { } destination
            || !visitors.TryAdd(peer.Address))
        {
            return null;
        }

        var own = new SocketAddress(from.Family, from.Size);
        from.Buffer.Span[..from.Size].CopyTo(own.Buffer.Span);
        var flow = new DatagramFlow(socket, own, peer.Address, destination, clock);
        lock (flows)
        {
            flows.Add(own, flow);
        }

        _ = flow.ReturnAsync(end.Token);
        return flow;
    }

    /// <summary>Forgets who is silent, who may not be here any more, and whose container is gone: the next datagram finds another.</summary>
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false))
            {
                foreach (var flow in Flows().Where(flow => flow.Silence > Idle || worlds.Current.FindRaw(address, flow.Visitor)?.Destinations.Contains(flow.Destination) is not true))
                {
                    lock (flows)
                    {
                        flows.Remove(flow.Peer);
                    }

                    visitors.Remove(flow.Visitor);
                    flow.Dispose();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The port is closed.
        }
    }

    private DatagramFlow[] Flows()
    {
        lock (flows)
        {
            return [.. flows.Values];
        }
    }
}
