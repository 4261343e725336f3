using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Homestack.EndToEnd.Networks;

/// <summary>An application of the tests' own: a page that opens a WebSocket, says hello, and shows what came back.</summary>
internal sealed class EchoPage : IDisposable
{
    private const string Page = """
        <!doctype html><html><head><title>echo</title></head><body><p id="said">waiting</p><img src="/after" alt=""><script>
        const socket = new WebSocket(`wss://${location.host}/socket`);
        socket.onopen = () => socket.send("hello");
        socket.onmessage = event => document.getElementById("said").textContent = event.data;
        </script></body></html>
        """;

    private readonly HttpListener listener = new();
    private readonly TaskCompletionSource said = new();

    public EchoPage(int port)
    {
        Address = $"http://127.0.0.1:{port}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = AcceptAsync();
    }

    public string Address { get; }

    public void Dispose() => listener.Close();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        if (!context.Request.IsWebSocketRequest)
        {
            if (context.Request.RawUrl == "/after")
            {
                // The page counts as loaded only after the answer through the socket has had time to arrive.
                await said.Task.WaitAsync(TimeSpan.FromSeconds(20));
                await Task.Delay(TimeSpan.FromMilliseconds(500));
            }

            context.Response.ContentType = "text/html";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Page));
            context.Response.Close();
            return;
        }

        var socket = (await context.AcceptWebSocketAsync(null)).WebSocket;
        var room = new byte[1024];
        var got = await socket.ReceiveAsync(room, CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(room, 0, got.Count) + " through a WebSocket"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        said.TrySetResult();
    }
}
