using Homestack.Collections;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>Makes one service of the blueprint.</summary>
internal static class ServiceBuilder
{
    public static Service Build(ServiceSpec spec, ValueMap<Dependency> dependencies, ValueList<string> linkNames, StackNames names)
    {
        var instances = Instances(spec, names);
        var container = ContainerBuilder.Build(spec, linkNames, names);
        return new()
        {
            Stack = names.Stack.Name,
            Name = spec.Name.Value,
            Host = names.HostOf(spec),
            Instances = instances,
            Image = ImageBuilder.Build(spec, names),
            Place = StackNames.PlaceOf(spec.Name.Span),
            Container = container,
            DependsOn = dependencies.ToValueMap(entry => names.KeyOf(entry.Key), entry => entry.Value),
            Exposure = BuildExposure(spec, container.NetworkMode.Kind is NetworkModeKind.Bridge or NetworkModeKind.Networks ? PortBuilder.BuildRaw(spec) : [], names),
            Adopt = spec.Extension.Adopt?.Value ?? "",
        };
    }

    private static int Instances(ServiceSpec spec, StackNames names)
    {
        if (spec is { Scale: { } scale, Deploy.Replicas: { } replicas } && scale.Value != replicas.Value)
        {
            names.Diagnostics.Add(NameDiagnostics.Distinct("scale", "deploy.replicas", scale.Span, $"services.{spec.Name.Value}.scale"));
        }

        return (int)((spec.Scale ?? spec.Deploy?.Replicas)?.Value ?? 1);
    }

    private static ServiceExposure BuildExposure(ServiceSpec spec, ValueList<PublishedPort> raw, StackNames names)
    {
        var extension = spec.Extension;
        if (extension is { Expose: { Count: > 0 } expose, Port: null } && raw.Count == 0)
        {
            var ports = spec.Ports.Where(port => port.Protocol == "tcp").Select(port => port.Target).Distinct().Take(3).ToList();
            var hint = ports.Count == 0 ? "" : $" Its \"ports\" name {string.Join(", ", ports)}.";
            names.Diagnostics.Add(NetworkDiagnostics.NoPort(expose[0].Span, hint, $"services.{spec.Name.Value}.x-homestack.expose"));
        }

        return new()
        {
            Port = extension.Port?.Value,
            Zones = extension.Expose.Select(zone => zone.Value).Distinct().Order(StringComparer.Ordinal).ToValueList(),
            SignIn = extension.SignIn?.Value switch { "homestack" => SignIn.Homestack, "app" => SignIn.App, _ => SignIn.None },
            RawPorts = raw.Count == 0 ? null : raw,
            PublishesByEngine = extension.Publish is not null,
            TileGroup = extension.TileGroup?.Value ?? "",
            TileTitle = extension.TileTitle?.Value ?? "",
            Route = RouteSettingsBuilder.Build(extension.Route),
            Sleep = extension.Sleep?.Value,
        };
    }
}
