using System.Net;
using Homestack.Front.Snapshots;

namespace Homestack.Front.Listening;

/// <summary>Where visitors are awaited, and how they speak.</summary>
internal sealed record ListenAddress(IPEndPoint Endpoint, ListenerKind Kind)
{
    /// <exception cref="SnapshotException">It is no address with a port.</exception>
    public static ListenAddress Of(string text, ListenerKind kind)
    {
        SnapshotException.ThrowIf(!IPEndPoint.TryParse(text, out var endpoint) || endpoint.Port == 0, $"\"{text}\" is no address with a port, such as 0.0.0.0:443.");
        return new(endpoint ?? new(0, 0), kind);
    }

    public override string ToString() => Endpoint.ToString();
}

/// <summary>What is spoken at a listener.</summary>
internal enum ListenerKind
{
    /// <summary>HTTP/1.1 in the clear: only sends elsewhere.</summary>
    Http,

    /// <summary>HTTP/1.1 and HTTP/2 over TLS.</summary>
    Https,

    /// <summary>Bytes, handed on as they are.</summary>
    Streams,

    /// <summary>Datagrams, handed on as they are.</summary>
    Datagrams,
}
