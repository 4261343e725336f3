using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests;
using Homestack.Manifests.Compose;
using Homestack.Manifests.Sections;

namespace Homestack.Blueprints.Rules;

/// <summary>What the rules look at: the home as written, with places, and its services as built.</summary>
public sealed record HomeParts(Manifest Manifest, HostList Hosts, ValueMap<Service> Services)
{
    public HomeSpec Home => Manifest.Home;

    /// <summary>Every service as written, with its stack.</summary>
    public IEnumerable<(StackSpec Stack, ServiceSpec Service)> Written => Manifest.Stacks.SelectMany(stack => stack.Services.Values.Select(service => (stack, service)));

    /// <summary>A service as it was written; null when it is not in the manifest.</summary>
    public ServiceSpec? WrittenAs(Service service) =>
        Manifest.Stacks.FirstOrDefault(stack => stack.Name == service.Stack)?.Services.TryGetValue(service.Name, out var written) == true ? written : null;

    public SourceSpan? PlaceOf(Service service) => WrittenAs(service)?.Name.Span;

    /// <summary>Everything that can be named: services, applications, sites, machines.</summary>
    public IReadOnlyCollection<string> Nameable =>
        [.. Services.Values.Select(service => service.Name).Concat(Home.Apps.Keys).Concat(Home.Sites.Keys).Concat(Home.Machines.Keys).Distinct().Order(StringComparer.Ordinal)];
}
