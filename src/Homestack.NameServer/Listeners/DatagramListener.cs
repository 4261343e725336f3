using System.Net;
using System.Net.Sockets;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Listeners;

/// <summary>UDP on one address: several sockets between which the kernel divides the clients, each with a thread that answers what needs no upstream.</summary>
internal sealed class DatagramListener : IDisposable
{
    private const int SocketLevel = 1;
    private const int ReusePort = 15;
    private const int BufferBytes = 1 << 20;

    private readonly NameEngine engine;
    private readonly List<Socket> sockets = [];
    private readonly List<Thread> threads = [];
    private readonly CancellationTokenSource end = new();
    private readonly int maxWaiting;
    private int waiting;

    private DatagramListener(NameEngine engine, int maxWaiting)
    {
        this.engine = engine;
        this.maxWaiting = maxWaiting;
    }

    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static DatagramListener Bind(NameEngine engine, IPEndPoint endPoint, DnsListenerOptions options)
    {
        var listener = new DatagramListener(engine, options.MaxWaiting);
        try
        {
            for (var number = 0; number < Math.Max(1, options.SocketsPerAddress); number++)
            {
                var socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                listener.sockets.Add(socket);
                if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
                {
                    socket.DualMode = false;
                }

                socket.SetRawSocketOption(SocketLevel, ReusePort, BitConverter.GetBytes(1));
                socket.ReceiveBufferSize = BufferBytes;
                socket.SendBufferSize = BufferBytes;
                socket.Bind(endPoint);
            }
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        return listener;
    }

    public void Start()
    {
        foreach (var socket in sockets)
        {
            var thread = new Thread(() => Serve(socket)) { IsBackground = true, Name = "dns-udp" };
            threads.Add(thread);
            thread.Start();
        }
    }

    public void Dispose()
    {
        end.Cancel();
        foreach (var socket in sockets)
        {
            // Wakes the thread that waits in recvmmsg, although the call itself fails on a socket without a peer.
            _ = LibC.Shutdown(socket.SafeHandle, LibC.ShutBoth);
        }

        threads.ForEach(thread => thread.Join());
        sockets.ForEach(socket => socket.Dispose());
    }

    private void Serve(Socket socket)
    {
        using var batch = new DatagramBatch();
        var handle = socket.SafeHandle;
        while (!end.IsCancellationRequested)
        {
            var count = batch.Receive(handle);
            for (var index = 0; index < count; index++)
            {
                var query = batch.QueryAt(index);
                var client = batch.ClientAt(index);
                if (!engine.TryAnswer(query, client, isTcp: false, batch.AnswerRoomAt(index), out var length))
                {
                    Forward(socket, query, batch.PeerAt(index), client);
                }
                else if (length > 0)
                {
                    batch.AddAnswer(index, length);
                }
            }

            batch.Send(handle);
        }
    }

    private void Forward(Socket socket, ReadOnlySpan<byte> query, ReadOnlySpan<byte> peer, in Clients.ClientAddress client)
    {
        if (Interlocked.Increment(ref waiting) > maxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return;
        }

        var address = new SocketAddress(socket.AddressFamily, peer.Length);
        peer.CopyTo(address.Buffer.Span);
        _ = ForwardAsync(socket, query.ToArray(), address, client);
    }

    private async Task ForwardAsync(Socket socket, byte[] query, SocketAddress peer, Clients.ClientAddress client)
    {
        try
        {
            var output = new byte[Query.MaxPayload];
            var length = await engine.ForwardAsync(query, client, isTcp: false, output, end.Token);
            socket.SendTo(output.AsSpan(0, length), SocketFlags.None, peer);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server ends, or the client cannot be reached any more.
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
