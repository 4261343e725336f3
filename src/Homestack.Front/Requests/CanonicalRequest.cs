namespace Homestack.Front.Requests;

/// <summary>What was asked, read once. Routing, and what is asked of the application, both go by this and by nothing else.</summary>
/// <param name="Authority">Host and perhaps port, lower case.</param>
/// <param name="HostLength">How much of it is the host.</param>
/// <param name="Target">Origin form (RFC 9112 §3.2.1): path and perhaps query, escaped as it was sent.</param>
/// <param name="PathLength">How much of it is the path.</param>
internal readonly record struct CanonicalRequest(string Authority, int HostLength, string Target, int PathLength)
{
    public ReadOnlySpan<char> Host => Authority.AsSpan(0, HostLength);

    public ReadOnlySpan<char> Path => Target.AsSpan(0, PathLength);
}
