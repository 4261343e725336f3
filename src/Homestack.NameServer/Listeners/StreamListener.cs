using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Homestack.NameServer.Listeners;

/// <summary>TCP on one address. A connection over one of the limits is closed at once.</summary>
/// <remarks><para>Source: RFC 7766 §6.</para></remarks>
internal sealed class StreamListener : IAsyncDisposable
{
    private const int Backlog = 128;

    private readonly NameEngine engine;
    private readonly DnsListenerOptions options;
    private readonly Socket socket;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<StreamConversation, Task> conversations = new();
    private Task accepting = Task.CompletedTask;

    private StreamListener(NameEngine engine, Socket socket, DnsListenerOptions options, IPEndPoint endPoint)
    {
        this.engine = engine;
        this.socket = socket;
        this.options = options;
        EndPoint = endPoint;
    }

    public IPEndPoint EndPoint { get; }

    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static StreamListener Bind(NameEngine engine, IPEndPoint endPoint, DnsListenerOptions options)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return new StreamListener(engine, socket, options, socket.LocalEndPoint as IPEndPoint ?? endPoint);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Start() => accepting = AcceptAsync(end.Token);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        socket.Dispose();
        await accepting;
        await Task.WhenAll(conversations.Values);
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var peer = await socket.AcceptAsync(cancellationToken);
                if (peer.RemoteEndPoint is not IPEndPoint client || IsTooMany(client.Address))
                {
                    peer.Dispose();
                    continue;
                }

                Begin(new StreamConversation(engine, peer, client, options), cancellationToken);
            }
            catch (SocketException)
            {
                // The peer left before it was accepted, or there are no descriptors left: give those in use a moment to end.
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private bool IsTooMany(IPAddress client) =>
        conversations.Count >= options.MaxConnections || conversations.Keys.Count(conversation => conversation.Client.Address.Equals(client)) >= options.MaxConnectionsPerClient;

    private void Begin(StreamConversation conversation, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        conversations[conversation] = done.Task;
        _ = RunAsync();

        async Task RunAsync()
        {
            await conversation.ServeAsync(cancellationToken);
            conversations.TryRemove(conversation, out _);
            done.SetResult();
        }
    }
}
