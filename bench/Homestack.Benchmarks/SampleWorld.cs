using Homestack.Collections;
using Homestack.Planes.Containers;

namespace Homestack.Benchmarks;

/// <summary>What an engine shows when everything that is wanted is there already, or nothing is.</summary>
internal static class SampleWorld
{
    public static ContainersObserved Empty(ContainersDesired desired) => Of(desired, _ => new() { Api = "1.41" });

    public static ContainersObserved Equal(ContainersDesired desired) => Of(desired, host => new()
    {
        Api = "1.41",
        Containers = desired.Containers.Where(wanted => wanted.Host == host).Select(Running).ToValueList(),
        Networks = desired.Networks.Where(wanted => wanted.Host == host)
            .Select(wanted => new NetworkObserved { Id = wanted.Body.Name, Name = wanted.Body.Name, Label = wanted.Label, Digest = ContentDigest.Of(wanted.Body) }).ToValueList(),
        Volumes = desired.Volumes.Where(wanted => wanted.Host == host).Select(wanted => new VolumeObserved(wanted.Body.Name, wanted.Label, ContentDigest.Of(wanted.Body))).ToValueList(),
        Images = desired.Containers.Select(wanted => wanted.Image.Reference.ToString()).Distinct().ToValueMap(name => name, name => new ImageObserved(name, "", [], [], HasHealthcheck: false)),
    });

    private static ContainersObserved Of(ContainersDesired desired, Func<string, HostObserved> look) => new() { Hosts = desired.Hosts.Keys.ToValueMap(host => host, look) };

    private static ContainerObserved Running(Container wanted) => new()
    {
        Id = wanted.Name,
        Name = wanted.Name,
        Label = wanted.Label,
        Instance = wanted.Instance,
        Digest = ContentDigest.Of(wanted, _ => ""),
        ImageId = wanted.Image.Reference.ToString(),
        ImageName = wanted.Image.Reference.ToString(),
        Phase = ContainerPhase.Running,
        IsHealthy = true,
        Body = BodyNormal.Of(wanted.Body),
        Environment = wanted.Environment.ToValueMap(variable => variable.Key, variable => ContentDigest.Of(variable.Value.ToString())),
        Limits = wanted.Limits,
        Networks = (wanted.Networks ?? []).ToValueMap(attachment => attachment.Network, attachment => attachment.Settings),
    };
}
