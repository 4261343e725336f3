using Homestack.Collections;

namespace Homestack.Planes.Certificates;

/// <summary>A certificate of a public issuer that is there and was proven.</summary>
/// <param name="Names">DNS names, sorted.</param>
/// <param name="From">Valid from.</param>
/// <param name="Until">Valid until.</param>
/// <param name="Chain">It and what leads to its root, PEM.</param>
/// <param name="Thumbprint">SHA-256 of it, hexadecimal.</param>
public sealed record PublicSight(ValueList<string> Names, DateTimeOffset From, DateTimeOffset Until, string Chain, string Thumbprint)
{
    public TimeSpan Lifetime => Until - From;

    /// <summary>It vouches for every one of these names.</summary>
    public bool IsFor(ValueList<string> names) => names.All(Names.Contains);
}
