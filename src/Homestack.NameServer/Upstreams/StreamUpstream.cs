using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Homestack.NameServer.Upstreams;

/// <summary>Asks over TCP or TLS, one question at a time on a connection; a few idle connections are kept.</summary>
/// <remarks><para>Source: RFC 7766 §6.2; RFC 7858 §3 and RFC 8310 §8.1 (the certificate must hold the server's name).</para></remarks>
internal sealed class StreamUpstream(UpstreamAddress address, X509Certificate2Collection? roots) : IUpstreamTransport
{
    private const int MaxIdle = 4;

    private readonly ConcurrentStack<Stream> idle = new();
    private volatile bool isDisposed;

    public async Task<byte[]?> ExchangeAsync(byte[] name, RecordType type, bool wantsDnssec, QuestionBudget budget, bool isLast, CancellationToken cancellationToken)
    {
        var query = UpstreamQuery.Create(name, type, wantsDnssec, hasRandomId: true, hasRandomCase: false);
        // A kept connection may be closed at the other end, and then the question would have to go once more.
        if (!isLast && idle.TryPop(out var kept))
        {
            try
            {
                return await ExchangeAsync(kept, query, cancellationToken);
            }
            catch (IOException) when (budget.TryFollowUp())
            {
                // The server closed it meanwhile: a new one.
            }
        }

        return await ExchangeAsync(await ConnectAsync(cancellationToken), query, cancellationToken);
    }

    public void Dispose()
    {
        isDisposed = true;
        while (idle.TryPop(out var stream))
        {
            stream.Dispose();
        }
    }

    private async Task<byte[]?> ExchangeAsync(Stream stream, UpstreamQuery query, CancellationToken cancellationToken)
    {
        var isReusable = false;
        try
        {
            var frame = new byte[2 + query.Packet.Length];
            BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)query.Packet.Length);
            query.Packet.CopyTo(frame, 2);
            await stream.WriteAsync(frame, cancellationToken);
            await stream.ReadExactlyAsync(frame.AsMemory(0, 2), cancellationToken);
            var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(frame)];
            await stream.ReadExactlyAsync(message, cancellationToken);
            isReusable = query.IsAnsweredBy(message);
            return isReusable ? message : null;
        }
        finally
        {
            if (isReusable && idle.Count < MaxIdle && !isDisposed)
            {
                idle.Push(stream);
            }
            else
            {
                await stream.DisposeAsync();
            }
        }
    }

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(address.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.EndPoint, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (address.Transport != UpstreamTransport.Tls)
            {
                return stream;
            }

            var encrypted = new SslStream(stream);
            stream = encrypted;
            await encrypted.AuthenticateAsClientAsync(UpstreamTrust.For(address, roots), cancellationToken);
            return encrypted;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
