using System.Net;

namespace Homestack.Front.Listening;

/// <summary>Where visitors are awaited, and how they speak.</summary>
internal sealed record ListenAddress(IPEndPoint Endpoint, ListenerKind Kind)
{
    public override string ToString() => Endpoint.ToString();
}

/// <summary>What is spoken at a listener.</summary>
internal enum ListenerKind
{
    /// <summary>HTTP/1.1 in the clear: only sends elsewhere.</summary>
    Http,

    /// <summary>HTTP/1.1 and HTTP/2 over TLS.</summary>
    Https,
}
