using System.Net;
using System.Net.Sockets;
using Homestack.Front.Sleeping;

namespace Homestack.Front.Machine;

/// <summary>One visitor's datagrams to one container, and back.</summary>
internal sealed class DatagramFlow : IDisposable
{
    private const int Largest = 65_535;

    private static readonly TimeSpan ErrorPause = TimeSpan.FromMilliseconds(20);

    private readonly Socket listener;
    private readonly Socket application;
    private readonly TimeProvider clock;
    private VisitMeter? visits;
    private long heard;

    /// <param name="listener">Answers leave by it, so that they come from where the visitor asked.</param>
    /// <param name="peer">The visitor, as the kernel wrote it.</param>
    /// <param name="visitor">The visitor's address.</param>
    /// <param name="destination">The container.</param>
    /// <param name="visits">Counts this one while it lasts; null for a service that does not sleep.</param>
    /// <param name="clock">Time.</param>
    public DatagramFlow(Socket listener, SocketAddress peer, IPAddress visitor, IPEndPoint destination, VisitMeter? visits, TimeProvider clock)
    {
        this.visits = visits;
        (this.listener, Peer, Visitor, Destination, this.clock) = (listener, peer, visitor, destination, clock);
        heard = clock.GetTimestamp();
        application = new(destination.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        application.Connect(destination);
        visits?.Begin();
    }

    public SocketAddress Peer { get; }

    public IPAddress Visitor { get; }

    public IPEndPoint Destination { get; }

    /// <summary>For how long neither side has said anything.</summary>
    public TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref heard));

    /// <summary>To the container. One that cannot be sent is lost, as any datagram may be.</summary>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        try
        {
            Volatile.Write(ref heard, clock.GetTimestamp());
            application.Send(datagram);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    /// <summary>Hands answers back until the flow is forgotten.</summary>
    public async Task ReturnAsync(CancellationToken cancellationToken)
    {
        var room = GC.AllocateUninitializedArray<byte>(Largest);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var count = await application.ReceiveAsync(room.AsMemory(), SocketFlags.None, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref heard, clock.GetTimestamp());
                await listener.SendToAsync(room.AsMemory(0, count), SocketFlags.None, Peer, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // Nobody listens in the container, or the way back is full.
                await Task.Delay(ErrorPause, clock).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        application.Dispose();
        Interlocked.Exchange(ref visits, null)?.End();
    }
}
