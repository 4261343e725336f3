using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary>homestack.yaml as written, with places. Null and empty: not said.</summary>
public sealed record HomeSpec
{
    public Located<int>? Format { get; init; }

    /// <summary>The home's name.</summary>
    public Located<string>? Home { get; init; }

    /// <summary>Lower case, without a dot at the end.</summary>
    public Located<string>? Domain { get; init; }

    /// <summary><c>report</c> or <c>repair</c>.</summary>
    public Located<string>? Reconcile { get; init; }

    public ValueMap<Located<HostSpec>> Hosts { get; init; } = ValueMap<Located<HostSpec>>.Empty;

    public ValueMap<Located<ValueList<Located<Cidr>>>> Zones { get; init; } = ValueMap<Located<ValueList<Located<Cidr>>>>.Empty;

    public Located<CertificatesSpec>? Certificates { get; init; }

    public Located<DnsSpec>? Dns { get; init; }

    public Located<ListenSpec>? Listen { get; init; }

    public ValueMap<Located<PersonSpec>> People { get; init; } = ValueMap<Located<PersonSpec>>.Empty;

    public Located<VpnSpec>? Vpn { get; init; }

    /// <summary>Sorted by name; a name may stand twice, which a rule reports.</summary>
    public ValueList<StackEntry> Stacks { get; init; } = [];

    public ValueMap<Located<AppSpec>> Apps { get; init; } = ValueMap<Located<AppSpec>>.Empty;

    public ValueMap<Located<SiteSpec>> Sites { get; init; } = ValueMap<Located<SiteSpec>>.Empty;

    public ValueMap<Located<MachineSpec>> Machines { get; init; } = ValueMap<Located<MachineSpec>>.Empty;

    public Located<BackupsSpec>? Backups { get; init; }

    public ValueMap<Located<MonitorSpec>> Monitors { get; init; } = ValueMap<Located<MonitorSpec>>.Empty;

    public Located<PortalSpec>? Portal { get; init; }
}
