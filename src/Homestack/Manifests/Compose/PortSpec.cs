using Homestack.Diagnostics;

namespace Homestack.Manifests.Compose;

/// <summary>One published port; ranges of the same length on both sides are one entry for each pair.</summary>
public sealed record PortSpec
{
    /// <summary>Port in the container, 1 to 65535.</summary>
    public required int Target { get; init; }

    /// <summary>First port on the host; 0 when the engine chooses.</summary>
    public int Published { get; init; }

    /// <summary>Last port of the range that the engine chooses from; equal to <see cref="Published"/> for a single one.</summary>
    public int PublishedEnd { get; init; }

    /// <summary>Address on the host without brackets; empty when none was said.</summary>
    public string HostAddress { get; init; } = "";

    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    public string Protocol { get; init; } = "tcp";

    public required SourceSpan Span { get; init; }

    /// <summary>Equal by what it asks for, wherever it stands.</summary>
    public bool Equals(PortSpec? other) => other is not null
        && (Target, Published, PublishedEnd, HostAddress, Protocol) == (other.Target, other.Published, other.PublishedEnd, other.HostAddress, other.Protocol);

    public override int GetHashCode() => HashCode.Combine(Target, Published, PublishedEnd, HostAddress, Protocol);
}
