namespace Homestack.Front.Requests;

/// <summary>What was asked, read once. Routing, and what is asked of the application, both go by this and by nothing else.</summary>
/// <param name="Authority">Host and perhaps port, lower case.</param>
/// <param name="HostLength">How much of it is the host.</param>
/// <param name="Target">Origin form (RFC 9112 §3.2.1): path and perhaps query, escaped as it was sent.</param>
/// <param name="PathLength">How much of it is the path.</param>
internal readonly record struct CanonicalRequest(string Authority, int HostLength, string Target, int PathLength)
{
    /// <summary>What was taken off the beginning of the path, for the application to hear of; null when nothing was.</summary>
    public string? Prefix { get; init; }

    public ReadOnlySpan<char> Host => Authority.AsSpan(0, HostLength);

    public ReadOnlySpan<char> Path => Target.AsSpan(0, PathLength);

    /// <summary>The same request as it looks below a path. Only a beginning that was compared is taken off; the rest is what it was.</summary>
    /// <param name="prefix">A beginning of the path.</param>
    public CanonicalRequest Below(string prefix) => PathLength == prefix.Length
        ? this with { Target = string.Concat("/", Target.AsSpan(PathLength)), PathLength = 1, Prefix = prefix }
        : this with { Target = Target[prefix.Length..], PathLength = PathLength - prefix.Length, Prefix = prefix };
}
