using System.Net;
using System.Net.Sockets;
using Homestack.Front.Listening;
using Homestack.Front.Worlds;

namespace Homestack.Front.Machine;

/// <summary>A raw UDP port: datagrams of who may reach it go to a container, each visitor's through a socket of its own, by which answers find their way back. Anybody else's are dropped.</summary>
internal sealed class DatagramRelay : RawRelay
{
    private const int Largest = 65_535;

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2), ErrorPause = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<SocketAddress, DatagramFlow> flows = [];
    private readonly IPEndPoint endpoint;
    private readonly TimeProvider clock;

    private DatagramRelay(ListenAddress address, WorldReference worlds, TimeProvider clock)
        : base(address, worlds, clock, ListenSocket.BindDatagrams(address.Endpoint)) => (endpoint, this.clock) = (address.Endpoint, clock);

    /// <exception cref="SocketException">The address is taken, is none of this machine, or we may not.</exception>
    public static DatagramRelay Start(ListenAddress address, WorldReference worlds, TimeProvider clock)
    {
        var relay = new DatagramRelay(address, worlds, clock);
        _ = relay.ReceiveAsync();
        _ = relay.WatchAsync();
        return relay;
    }

    protected override void CutAll()
    {
        foreach (var flow in Flows())
        {
            flow.Dispose();
        }
    }

    /// <remarks>Also whose container is gone: the next datagram finds another.</remarks>
    protected override void CutOthers()
    {
        foreach (var flow in Flows().Where(flow => flow.Silence > Idle || RouteOf(flow.Visitor)?.Destinations.Contains(flow.Destination) is not true))
        {
            lock (flows)
            {
                flows.Remove(flow.Peer);
            }

            Visitors.Remove(flow.Visitor);
            flow.Dispose();
        }
    }

    private async Task ReceiveAsync()
    {
        var room = GC.AllocateUninitializedArray<byte>(Largest);
        var from = new SocketAddress(endpoint.AddressFamily);
        while (!Ended.IsCancellationRequested)
        {
            try
            {
                var count = await Socket.ReceiveFromAsync(room.AsMemory(), SocketFlags.None, from, Ended).ConfigureAwait(false);
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

        if (endpoint.Create(from) is not IPEndPoint peer || RouteOf(peer.Address) is not { } route)
        {
            return null;
        }

        if (route.For(peer.Address).FirstOrDefault() is not { } destination)
        {
            // The datagram is lost, as any may be; the next one may find it awake.
            route.Sleeper?.Visits.Wish();
            return null;
        }

        if (!Visitors.TryAdd(peer.Address))
        {
            return null;
        }

        var own = new SocketAddress(from.Family, from.Size);
        from.Buffer.Span[..from.Size].CopyTo(own.Buffer.Span);
        var flow = new DatagramFlow(Socket, own, peer.Address, destination, route.Sleeper?.Visits, clock);
        lock (flows)
        {
            flows.Add(own, flow);
        }

        _ = flow.ReturnAsync(Ended);
        return flow;
    }

    private DatagramFlow[] Flows()
    {
        lock (flows)
        {
            return [.. flows.Values];
        }
    }
}
