using System.Net;
using System.Net.WebSockets;

namespace Homestack.EndToEnd.Networks;

/// <summary>An application that gives back every message of a WebSocket.</summary>
internal sealed class EchoSocketBackend : IDisposable
{
    private readonly HttpListener listener = new();

    public EchoSocketBackend()
    {
        // By any name: the front passes on the name the visitor asked for.
        listener.Prefixes.Add($"http://*:{Port}/");
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port { get; } = FrontAlone.FreePort();

    public void Dispose() => listener.Close();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.GetContextAsync());
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private static async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            using var socket = (await context.AcceptWebSocketAsync(null)).WebSocket;
            var buffer = new byte[1024];
            for (var message = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None); message.MessageType != WebSocketMessageType.Close; message = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None))
            {
                await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, true, CancellationToken.None);
            }
        }
        catch (Exception ended) when (ended is IOException or WebSocketException or HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
