using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary>The whole of homestack.yaml: every section in the order in which a person would explain them.</summary>
public static class HomeSection
{
    private static readonly Field<int> Format = new("homestack", ShapeList.Int(0, int.MaxValue), "Version of this format: 1.") { IsRequired = true };

    private static readonly Field<string> Home = new("home", ShapeList.Name(NameRule.Home), "The home's name. It begins the name of everything made on the machine.") { IsRequired = true };

    private static readonly Field<string> Domain = new("domain", ShapeList.Domain, "A service answers at <name>.<domain>. Default home.arpa.");

    private static readonly Field<string> Reconcile = new("reconcile", ShapeList.Choice("report", "repair"), "What to do when the world was changed behind our back: report says so, repair brings it back. Default report.");

    private static readonly Field<ValueMap<Located<HostSpec>>> Hosts = new("hosts", HostsSection.Shape, "Machines with a container engine. Default: this one, called local.");

    private static readonly Field<ValueMap<Located<ValueList<Located<Cidr>>>>> Zones = new("zones", ZonesSection.Shape, "Where visitors come from, by address. Everywhere else is public.");

    private static readonly Field<CertificatesSpec> Certificates = new("certificates", CertificatesSection.Shape, "Who issues certificates.");

    private static readonly Field<DnsSpec> Dns = new("dns", DnsSection.Shape, "The home's name server.");

    private static readonly Field<ListenSpec> Listen = new("listen", ListenSection.Shape, "Ports that the home answers on.");

    private static readonly Field<ValueMap<Located<PersonSpec>>> People = new("people", PeopleSection.Shape, "Who may sign in.");

    private static readonly Field<VpnSpec> Vpn = new("vpn", VpnSection.Shape, "The home's WireGuard network.");

    private static readonly Field<ValueList<StackEntry>> Stacks = new("stacks", StacksSection.Shape, "Compose files: a list of paths, or a name with a path each.");

    private static readonly Field<ValueMap<Located<AppSpec>>> Apps = new("apps", AppsSection.Shape, "Applications from the catalog.");

    private static readonly Field<ValueMap<Located<SiteSpec>>> Sites = new("sites", SitesSection.Shape, "Folders, other web servers and redirects with a name of their own.");

    private static readonly Field<ValueMap<Located<MachineSpec>>> Machines = new("machines", MachinesSection.Shape, "Virtual machines.");

    private static readonly Field<BackupsSpec> Backups = new("backups", BackupsSection.Shape, "When and where to backups are made.");

    private static readonly Field<ValueMap<Located<MonitorSpec>>> Monitors = new("monitors", MonitorsSection.Shape, "Other things that are checked from time to time.");

    private static readonly Field<PortalSpec> Portal = new("portal", PortalSection.Shape, "The household's start page.");

    public static readonly MappingShape<HomeSpec> Shape = new(
        [Format, Home, Domain, Reconcile, Hosts, Zones, Certificates, Dns, Listen, People, Vpn, Stacks, Apps, Sites, Machines, Backups, Monitors, Portal],
        fields => new()
        {
            Format = fields.Get(Format), Home = fields.Get(Home), Domain = fields.Get(Domain), Reconcile = fields.Get(Reconcile),
            Hosts = fields.Get(Hosts, ValueMap<Located<HostSpec>>.Empty), Zones = fields.Get(Zones, ValueMap<Located<ValueList<Located<Cidr>>>>.Empty),
            Certificates = fields.Get(Certificates), Dns = fields.Get(Dns), Listen = fields.Get(Listen),
            People = fields.Get(People, ValueMap<Located<PersonSpec>>.Empty), Vpn = fields.Get(Vpn), Stacks = fields.Get(Stacks, []),
            Apps = fields.Get(Apps, ValueMap<Located<AppSpec>>.Empty), Sites = fields.Get(Sites, ValueMap<Located<SiteSpec>>.Empty),
            Machines = fields.Get(Machines, ValueMap<Located<MachineSpec>>.Empty), Backups = fields.Get(Backups),
            Monitors = fields.Get(Monitors, ValueMap<Located<MonitorSpec>>.Empty), Portal = fields.Get(Portal),
        })
    {
        AllowsExtensions = true,
        Check = (home, _, path, diagnostics) =>
        {
            if (home is { Domain: null, Certificates.Value.Issuer: { Value: "letsencrypt" or "letsencrypt-staging" } issuer })
            {
                diagnostics.Add(ManifestDiagnostics.KeyNeedsKey("certificates.issuer", "domain", "a public issuer vouches only for a domain of yours", issuer.Span, path));
            }

            if (home.Format is { } format && format.Value != 1)
            {
                diagnostics.Add(ManifestDiagnostics.UnknownFormat(format));
            }
        },
    };
}
