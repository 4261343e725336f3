using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Homestack.Front.Tests;

/// <summary>A web server of the tests' own that keeps the bytes it was sent and answers as it is told.</summary>
internal sealed class RawBackend : IDisposable
{
    public const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, NetworkStream, Task> answer;
    private readonly CancellationTokenSource end = new();

    public RawBackend(Func<string, NetworkStream, Task>? answer = null)
    {
        this.answer = answer ?? ((_, stream) => Send(stream, Hello));
        listener.Start(2048);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Heads of requests, each up to and with the empty line.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public static Task Send(NetworkStream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    public void Dispose()
    {
        end.Cancel();
        listener.Stop();
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(end.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                var stream = client.GetStream();
                while (await ReadHeadAsync(stream) is { } head)
                {
                    Heads.Enqueue(head);
                    await answer(head, stream);
                }
            }
            catch (IOException)
            {
            }
        }
    }

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (text.Length < 4 || text.ToString(text.Length - 4, 4) != "\r\n\r\n")
        {
            if (await stream.ReadAsync(one, end.Token) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
