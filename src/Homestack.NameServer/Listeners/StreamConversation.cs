using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Homestack.NameServer.Listeners;

/// <summary>One TCP connection, perhaps with TLS: questions are read one after the other and answered as soon as each is ready.</summary>
/// <remarks><para>Source: RFC 7766 §6.2.1.1 (pipelining), §7 (answers in any order), §8 (length before each message); RFC 7858 §3 (TLS).</para></remarks>
internal sealed class StreamConversation(NameEngine engine, Socket socket, IPEndPoint client, DnsListenerOptions options)
{
    private readonly SemaphoreSlim writing = new(1);
    private readonly SemaphoreSlim room = new(Math.Max(1, options.MaxPipelined));

    public IPEndPoint Client { get; } = client;

    /// <summary>Until the client closes, is silent too long, or sends what cannot be a question.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        socket.NoDelay = true;
        var answering = new List<Task>();
        await using var plain = new NetworkStream(socket, ownsSocket: true);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await using var stream = await OpenAsync(plain, end.Token);
            while (await ReadAsync(stream, end.Token) is { } query)
            {
                await room.WaitAsync(end.Token);
                answering.RemoveAll(task => task.IsCompleted);
                answering.Add(AnswerAsync(stream, query, end));
            }

            await Task.WhenAll(answering);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
        {
            await end.CancelAsync();
            await Task.WhenAll(answering);
        }
    }

    /// <summary>The connection itself, or TLS over it.</summary>
    private async Task<Stream> OpenAsync(NetworkStream plain, CancellationToken cancellationToken)
    {
        if (options.Tls is not { } choose)
        {
            return plain;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.IdleTimeout);
        var encrypted = new SslStream(plain, leaveInnerStreamOpen: true);
        try
        {
            await encrypted.AuthenticateAsServerAsync((_, hello, _, _) => new(choose(Client.Address, hello)), null, patience.Token);
            return encrypted;
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }

    /// <returns>Null at the end of the stream, and for a message of an impossible length.</returns>
    private async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.IdleTimeout);
        var prefix = new byte[2];
        if (await stream.ReadAtLeastAsync(prefix, 2, throwOnEndOfStream: false, patience.Token) < 2)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(prefix);
        if (length < Wire.QueryReader.HeaderLength || length > options.MaxQueryBytes)
        {
            return null;
        }

        var query = new byte[length];
        await stream.ReadExactlyAsync(query, patience.Token);
        return query;
    }

    private async Task AnswerAsync(Stream stream, byte[] query, CancellationTokenSource end)
    {
        var frame = ArrayPool<byte>.Shared.Rent(2 + ushort.MaxValue);
        try
        {
            var length = await engine.AnswerAsync(query, Client, isTcp: true, frame.AsMemory(2, ushort.MaxValue), end.Token);
            if (length > 0)
            {
                BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)length);
                await WriteAsync(stream, frame.AsMemory(0, 2 + length), end.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            await end.CancelAsync();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
            room.Release();
        }
    }

    private async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.IdleTimeout);
        await writing.WaitAsync(patience.Token);
        try
        {
            await stream.WriteAsync(frame, patience.Token);
        }
        finally
        {
            writing.Release();
        }
    }
}
