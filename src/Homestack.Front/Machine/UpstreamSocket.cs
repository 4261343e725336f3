using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Homestack.Front.Machine;

/// <summary>A connection to an application: TCP, with TLS above it where its address says so.</summary>
internal sealed class UpstreamSocket : IDisposable
{
    private readonly Socket socket;
    private readonly SslStream? tls;

    private UpstreamSocket(Socket socket, SslStream? tls)
    {
        this.socket = socket;
        this.tls = tls;
    }

    /// <param name="host">Name or address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="isTls">The other side must show a certificate for this name that the machine trusts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">Nobody takes the call.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not good.</exception>
    /// <exception cref="IOException">The handshake broke off.</exception>
    public static async Task<UpstreamSocket> ConnectAsync(string host, int port, bool isTls, CancellationToken cancellationToken)
    {
        var address = IPAddress.TryParse(host, out var parsed) ? parsed : null;
        var socket = address is null ? new Socket(SocketType.Stream, ProtocolType.Tcp) : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await (address is null ? socket.ConnectAsync(host, port, cancellationToken) : socket.ConnectAsync(address, port, cancellationToken)).ConfigureAwait(false);
            return new(socket, isTls ? await SecureAsync(socket, host, cancellationToken).ConfigureAwait(false) : null);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <returns>How many bytes came; 0 when the other side has ended.</returns>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => tls is null ? socket.ReceiveAsync(buffer, SocketFlags.None) : tls.ReadAsync(buffer);

    /// <summary>Sends all of it.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (tls is not null)
        {
            return tls.WriteAsync(bytes);
        }

        var sending = socket.SendAsync(bytes, SocketFlags.None);
        return sending.IsCompletedSuccessfully && sending.Result == bytes.Length ? ValueTask.CompletedTask : SendRestAsync(sending, bytes);
    }

    /// <summary>May be called from any thread; what is under way fails.</summary>
    public void Dispose()
    {
        socket.Dispose();
        tls?.Dispose();
    }

    private static async Task<SslStream> SecureAsync(Socket socket, string host, CancellationToken cancellationToken)
    {
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            var options = new SslClientAuthenticationOptions { TargetHost = host, ApplicationProtocols = [SslApplicationProtocol.Http11] };
            await tls.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask SendRestAsync(ValueTask<int> first, ReadOnlyMemory<byte> bytes)
    {
        for (var sent = await first.ConfigureAwait(false); sent < bytes.Length;)
        {
            bytes = bytes[sent..];
            sent = await socket.SendAsync(bytes, SocketFlags.None).ConfigureAwait(false);
        }
    }
}
