using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Compose;

/// <summary>How a container sees itself and how it is stopped: names, user, name resolution, terminal. Null: not said.</summary>
public sealed record IdentitySpec
{
    public Located<string>? Hostname { get; init; }

    public string? DomainName { get; init; }

    public string? MacAddress { get; init; }

    public string? User { get; init; }

    public ValueList<string> GroupAdd { get; init; } = [];

    public string? WorkingDirectory { get; init; }

    public string? StopSignal { get; init; }

    public TimeSpan? StopGracePeriod { get; init; }

    public bool? Init { get; init; }

    public bool Tty { get; init; }

    public bool StdinOpen { get; init; }

    public ValueList<string> Dns { get; init; } = [];

    public ValueList<string> DnsSearch { get; init; } = [];

    public ValueList<string> DnsOptions { get; init; } = [];

    /// <summary>Each <c>name:address</c>, as written in the list form.</summary>
    public ValueList<string> ExtraHosts { get; init; } = [];
}
