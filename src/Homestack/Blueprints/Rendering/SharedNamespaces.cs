namespace Homestack.Blueprints.Rendering;

/// <summary>The services whose network, processes or volumes a container shares, by <c>stack/name</c>. Compose lets it depend on them without a word.</summary>
internal static class SharedNamespaces
{
    private const string OfService = "service:";

    public static IReadOnlySet<string> Of(ContainerSettings container)
    {
        var owners = new[] { container.Ipc, container.Pid }.OfType<string>().Where(mode => mode.StartsWith(OfService, StringComparison.Ordinal)).Select(mode => mode[OfService.Length..])
            .Concat(container.VolumesFrom.Where(from => !from.StartsWith("container:", StringComparison.Ordinal)).Select(from => from.Split(':')[0]));
        return (container.NetworkMode.Kind == NetworkModeKind.Service ? owners.Append(container.NetworkMode.Of) : owners).ToHashSet(StringComparer.Ordinal);
    }
}
