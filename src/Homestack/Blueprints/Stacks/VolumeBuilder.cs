using Homestack.Collections;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>Makes the named volumes that some service of the stack uses. Adds HS2011.</summary>
internal static class VolumeBuilder
{
    private const string DefaultDriver = "local";

    public static ValueMap<Volume> Build(ValueMap<Service> services, StackNames names)
    {
        var users = services.Values
            .SelectMany(service => service.Container.Mounts.Where(mount => mount is { Kind: MountKind.Volume, Source.Length: > 0 }).Select(mount => (mount.Source, service.Host)))
            .GroupBy(use => use.Source, StringComparer.Ordinal);
        return users.ToValueMap(group => group.Key, group =>
        {
            var spec = names.Stack.Volumes[group.Key[(group.Key.IndexOf('/', StringComparison.Ordinal) + 1)..]];
            var hosts = group.Select(use => use.Host).Distinct().ToList();
            if (hosts.Count > 1)
            {
                names.Diagnostics.Add(NameDiagnostics.HostsDiffer("volume", spec.Key.Value, spec.Key.Span));
            }

            return Make(spec, hosts[0], names);
        });
    }

    private static Volume Make(VolumeSpec spec, string host, StackNames names) => new()
    {
        Stack = names.Stack.Name,
        Key = spec.Key.Value,
        Host = host,
        EngineName = spec.Name?.Value ?? (spec.IsExternal ? spec.Key.Value : names.EngineNameOf(spec.Key.Value)),
        IsExternal = spec.IsExternal,
        Driver = spec.IsExternal ? "" : spec.Driver ?? DefaultDriver,
        DriverOptions = spec.DriverOptions.Plain(),
        Labels = spec.Labels.Plain(),
        Place = StackNames.PlaceOf(spec.Key.Span),
    };
}
