using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Homestack.BareProxy;

/// <summary>One send and one receive to the application for each request; whatever comes back counts as the answer.</summary>
internal sealed class BareApplication(EndPoint backend) : IHttpApplication<IFeatureCollection>
{
    private static readonly byte[] Question = "GET / HTTP/1.1\r\nHost: app.home.test\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Real-IP: 127.0.0.1\r\n\r\n"u8.ToArray();

    private static readonly byte[] Answer = "hello from the application behind\n"u8.ToArray();

    private readonly ConcurrentBag<(Socket Socket, byte[] Room)> resting = [];

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var connection = resting.TryTake(out var rested) ? rested : await ConnectAsync();
        await connection.Socket.SendAsync(Question.AsMemory(), SocketFlags.None);
        if (await connection.Socket.ReceiveAsync(connection.Room.AsMemory(), SocketFlags.None) == 0)
        {
            throw new IOException("The application ended the connection.");
        }

        resting.Add(connection);
        if (context.Get<IHttpResponseFeature>() is { } response && context.Get<IHttpResponseBodyFeature>() is { } body)
        {
            response.Headers.ContentLength = Answer.Length;
            response.Headers.ContentType = "text/plain";
            await body.StartAsync();
            body.Writer.Write(Answer);
        }
    }

    private async Task<(Socket Socket, byte[] Room)> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(backend);
        return (socket, new byte[4096]);
    }
}
