using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>Ports of the home's front, as written under <c>listen</c>. Absent ones: 443, 80 and 53 as root, else 8443, 8080 and 5353.</summary>
public sealed record ListenSpec
{
    public Located<int>? Https { get; init; }

    public Located<int>? Http { get; init; }

    public Located<int>? Dns { get; init; }
}
