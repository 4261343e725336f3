using Homestack.Blueprints.Rules;
using Homestack.Blueprints.Stacks;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests;

namespace Homestack.Blueprints;

/// <summary>Resolves a manifest into the whole home, and reports what does not fit together.</summary>
/// <remarks>Pure: the same manifest gives the same blueprint, whatever the order of its keys. Adds HS20xx to HS23xx.</remarks>
public static class BlueprintBuilder
{
    private const string DefaultDomain = "home.arpa";

    /// <param name="manifest">As it was loaded without errors.</param>
    /// <param name="folder">Absolute folder of the home.</param>
    /// <param name="diagnostics">For what does not fit together.</param>
    /// <returns>Null when there is any error, now or before.</returns>
    public static Blueprint? Build(Manifest manifest, string folder, DiagnosticBag diagnostics)
    {
        var home = manifest.Home;
        var hosts = HostList.Of(manifest);
        var homeName = home.Home is { } name ? name.Value : "";
        var stacks = manifest.Stacks
            .GroupBy(stack => stack.Name, StringComparer.Ordinal)
            .Select(group => group.First())
            .Select(stack => StackBuilder.Build(stack, new(homeName, folder, HostOf(manifest, stack.Name, hosts)), diagnostics))
            .ToList();
        var services = stacks.SelectMany(stack => stack.Services.Values).ToValueMap(service => $"{service.Stack}/{service.Name}", service => service);
        HomeRules.Check(new(manifest, hosts, services), diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        return new()
        {
            Home = homeName,
            Domain = home.Domain is { } domain ? domain.Value : DefaultDomain,
            Reconcile = home.Reconcile is { Value: "repair" } ? ReconcilePolicy.Repair : ReconcilePolicy.Report,
            Hosts = hosts.Hosts,
            Services = services,
            Networks = stacks.SelectMany(stack => stack.Networks.Values).ToValueMap(network => $"{network.Stack}/{network.Key}", network => network),
            Volumes = stacks.SelectMany(stack => stack.Volumes.Values).ToValueMap(volume => $"{volume.Stack}/{volume.Key}", volume => volume),
            Zones = SurroundingsBuilder.Zones(home),
            Listen = SurroundingsBuilder.Listen(home),
            Sites = SurroundingsBuilder.Sites(home, folder),
            Names = SurroundingsBuilder.Names(home, folder, home.Domain is { } named ? named.Value : DefaultDomain),
            Certificates = CertificateSettingsBuilder.Of(home, folder, home.Domain is { } own ? own.Value : DefaultDomain),
            NotYetManaged = Unmanaged.Of(home, [.. services.Values]),
        };
    }

    private static string HostOf(Manifest manifest, string stackName, HostList hosts) =>
        manifest.Home.Stacks.FirstOrDefault(entry => entry.Name.Value == stackName)?.Host is { } host ? host.Value : hosts.Default;
}
