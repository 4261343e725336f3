using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Homestack.EndToEnd.Engines;

/// <summary>A socket before an engine's own: it counts what is asked, and lets a test act just before or just after the engine does.</summary>
/// <remarks>A request begins a chunk that comes after an answer: clients of the Engine API do not send two before the first is answered.</remarks>
internal sealed class WatchedSocket : IAsyncDisposable
{
    private static readonly string[] Methods = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "PATCH ", "OPTIONS "];

    private readonly string target;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<EngineCall> calls = new();
    private readonly Task accepting;
    private int writes;

    public WatchedSocket(string path, string target)
    {
        Path = path;
        this.target = target;
        File.Delete(path);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(64);
        accepting = AcceptAsync();
    }

    public string Path { get; }

    public string Address => "unix://" + Path;

    /// <summary>Called before the engine hears of a request.</summary>
    public Action<EngineCall> Before { get; set; } = _ => { };

    /// <summary>Called when the engine has answered, before the asker hears of it.</summary>
    public Action<EngineCall> After { get; set; } = _ => { };

    /// <summary>Everything asked since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<EngineCall> Calls => [.. calls];

    public IReadOnlyList<EngineCall> Writes => [.. calls.Where(call => call.IsWrite)];

    public void Forget()
    {
        calls.Clear();
        Interlocked.Exchange(ref writes, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
        File.Delete(Path);
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(stop.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
            catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var asker = client;
        var connection = new Connection(PeerCredentials.ProcessOf(client));
        try
        {
            await engine.ConnectAsync(new UnixDomainSocketEndPoint(target), stop.Token);
            await Task.WhenAll(PumpAsync(client, engine, connection.IsRequest(this)), PumpAsync(engine, client, connection.IsAnswer(this)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side went away: the other is told by the closing of its socket.
        }
    }

    private async Task PumpAsync(Socket source, Socket sink, Action<ReadOnlyMemory<byte>> look)
    {
        var buffer = new byte[64 << 10];
        try
        {
            for (int count; (count = await source.ReceiveAsync(buffer, stop.Token)) > 0;)
            {
                look(buffer.AsMemory(0, count));
                await sink.SendAsync(buffer.AsMemory(0, count), stop.Token);
            }

            sink.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            source.Close();
            sink.Close();
        }
    }

    private sealed class Connection(int peer)
    {
        private EngineCall? pending;
        private bool isAnswered = true;

        public Action<ReadOnlyMemory<byte>> IsRequest(WatchedSocket owner) => chunk =>
        {
            var line = Encoding.ASCII.GetString(chunk.Span[..Math.Min(chunk.Length, 600)]).Split("\r\n")[0];
            if (isAnswered && Array.Exists(Methods, method => line.StartsWith(method, StringComparison.Ordinal)) && line.Split(' ') is [var method, var path, _])
            {
                var call = new EngineCall(0, peer, method, path);
                call = call.IsWrite ? call with { Number = Interlocked.Increment(ref owner.writes) } : call;
                pending = call;
                isAnswered = false;
                owner.calls.Enqueue(call);
                owner.Before(call);
            }
        };

        public Action<ReadOnlyMemory<byte>> IsAnswer(WatchedSocket owner) => _ =>
        {
            isAnswered = true;
            if (pending is { } call)
            {
                pending = null;
                owner.After(call);
            }
        };
    }
}
