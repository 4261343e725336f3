using System.Text.Json;
using System.Text.RegularExpressions;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Tests.Planes.Containers;

namespace Homestack.Tests.Reliability;

/// <summary>All that a model engine holds, as text that two worlds can be compared by: no ids, no starts, no volumes (those only ever grow).</summary>
internal static partial class ModelWorld
{
    public static string Describe(ModelEngine engine)
    {
        var names = engine.Containers.ToDictionary(container => container.Id, container => container.Name);
        string Named(string text) => AnyId().Replace(text, id => names.GetValueOrDefault(id.Value, "an id"));
        return string.Join('\n', engine.Containers.OrderBy(container => container.Name, StringComparer.Ordinal).Select(container =>
            $"{container.Name} {container.Status} {container.Image.Id[..20]}\n  {Named(JsonSerializer.Serialize(container.Config, EngineJson.Default.ContainerBody))}\n  {Named(Settings(container))}\n  "
            + string.Join("; ", container.Networks.Select(network => $"{engine.Networks.Find(one => one.Id == network.Key)?.Body.Name} as {string.Join(',', network.Value.Aliases ?? [])}").Order(StringComparer.Ordinal)))
            .Concat(engine.Networks.Select(network => "network " + JsonSerializer.Serialize(network.Body, EngineJson.Default.NetworkBody)).Order(StringComparer.Ordinal)));
    }

    /// <remarks>
    /// Volumes without a name go over from container to container, so they depend on the way that was gone. A limit or policy that was taken away by an update is shown as
    /// -1 or <c>no</c>, which is the same as none. The network that a container was made on is history: it counts what it is attached to, and an engine starts it again by that
    /// also when that first network is gone.
    /// </remarks>
    private static string Settings(ModelContainer container)
    {
        var mounts = (container.HostConfig.Mounts ?? []).Where(mount => mount.Source?.StartsWith("anonymous-", StringComparison.Ordinal) != true).ToValueList();
        var pids = container.HostConfig.PidsLimit is > 0 ? container.HostConfig.PidsLimit : null;
        var restart = container.HostConfig.RestartPolicy is { Name: not (null or "" or "no") } policy ? policy : null;
        var mode = container.HostConfig.NetworkMode is { } name && (name is "host" or "none" or "bridge" || name.StartsWith("container:", StringComparison.Ordinal)) ? name : null;
        return JsonSerializer.Serialize(container.HostConfig with { NetworkMode = mode, Mounts = mounts.Count == 0 ? null : mounts, PidsLimit = pids, RestartPolicy = restart }, EngineJson.Default.HostConfig);
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex AnyId();
}
