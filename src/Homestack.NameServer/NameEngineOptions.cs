using System.Security.Cryptography.X509Certificates;

namespace Homestack.NameServer;

/// <summary>What does not change while the server runs.</summary>
public sealed record NameEngineOptions
{
    /// <summary>Null: no limit. Default 1,000 a second and 2,000 at once for each client network.</summary>
    public RateLimit? RateLimit { get; init; } = new(1000, 2000);

    /// <summary>
    /// The same for clients in no view, who get refused, and above it nothing. Null: no limit. Default 5 a second and 5 at once: with a forged address that is what its owner hears.
    /// </summary>
    public RateLimit? StrangerLimit { get; init; } = new(5, 5);

    /// <summary>Questions kept in memory, about 150 bytes each. Default 8,192; 0: none.</summary>
    public int QueryLogEntries { get; init; } = 8192;

    /// <summary>Answers of upstreams that are kept, about 500 bytes each. Default 20,000.</summary>
    public int CacheEntries { get; init; } = 20_000;

    /// <summary>Questions that wait for an upstream at once; one more is answered SERVFAIL. Default 2,000.</summary>
    public int MaxOutstanding { get; init; } = 2000;

    /// <summary>How long one upstream may take. Default 2 s.</summary>
    public TimeSpan UpstreamTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After which silence the next upstream is asked as well. Default 400 ms.</summary>
    public TimeSpan NextUpstreamAfter { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a client waits before it gets an answer past its time. Default 1.5 s (RFC 8767 §5 suggests 1.8 s at most).</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Roots that TLS and HTTPS upstreams may also have; null: those of the machine.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
