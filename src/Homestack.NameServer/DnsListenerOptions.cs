using System.Net;
using System.Net.Security;

namespace Homestack.NameServer;

/// <summary>What strangers may use of the machine.</summary>
public sealed record DnsListenerOptions
{
    /// <summary>Chooses the certificate of each connection, or fails it; null: no TLS. Only <see cref="DnsListener.StartTlsAsync"/> asks (RFC 7858).</summary>
    public Func<IPAddress, SslClientHelloInfo, SslServerAuthenticationOptions>? Tls { get; init; }

    /// <summary>UDP sockets for each address, each with a thread of its own. Default: one for each processor, at most 4.</summary>
    public int SocketsPerAddress { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Questions over UDP that wait for an upstream; more get no answer. Default 1,000.</summary>
    public int MaxWaiting { get; init; } = 1000;

    /// <summary>TCP connections at once for each address. Default 256.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>TCP connections at once of one client address. Default 32.</summary>
    public int MaxConnectionsPerClient { get; init; } = 32;

    /// <summary>Questions of one connection that are answered at once; more wait unread. Default 32.</summary>
    public int MaxPipelined { get; init; } = 32;

    /// <summary>Bytes of the longest question over TCP; a longer one closes the connection. Default 4,096.</summary>
    public int MaxQueryBytes { get; init; } = 4096;

    /// <summary>How long a TCP connection may be silent, and how long a client may take to read an answer. Default 10 s (RFC 7766 §6.2.3).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
