using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Planes.Containers.Importing;

/// <summary>What is mounted, in the engine's words → in Compose's words. The counterpart of what <see cref="BodyBuilder"/> does with mounts. Pure.</summary>
internal static class MountsReader
{
    public static ValueList<Mount> Read(FoundContainer found, Func<string, string> volumeKey)
    {
        var host = found.Container.HostConfig;
        return (host.Binds ?? []).Select(bind => Bind(bind, volumeKey))
            .Concat((host.Mounts ?? []).Concat(ContainerReader.AnonymousVolumes(found.Container, found.Image?.Config)).Select(mount => Long(mount, volumeKey)))
            .Concat((host.Tmpfs ?? ValueMap<string>.Empty).Select(tmpfs => new Mount { Kind = MountKind.Tmpfs, Target = tmpfs.Key, TmpfsOptions = tmpfs.Value }))
            .OrderBy(mount => mount.Target, StringComparer.Ordinal).ToValueList();
    }

    /// <remarks><c>source:target[:options]</c>; the source of a named volume is not a path.</remarks>
    private static Mount Bind(string bind, Func<string, string> volumeKey)
    {
        var parts = bind.Split(':');
        var options = parts.Length > 2 ? parts[2].Split(',') : [];
        var isPath = parts[0].StartsWith('/');
        return new()
        {
            Kind = isPath ? MountKind.Bind : MountKind.Volume,
            Source = isPath ? parts[0] : IsAnonymous(parts[0]) ? "" : volumeKey(parts[0]),
            Target = parts.Length > 1 ? parts[1] : parts[0],
            IsReadOnly = options.Contains("ro"),
            CreatesHostPath = isPath,
            Propagation = isPath ? options.FirstOrDefault(option => option is "shared" or "slave" or "private" or "rshared" or "rslave") ?? "" : "",
            SelinuxLabel = isPath ? options.FirstOrDefault(option => option is "z" or "Z") ?? "" : "",
            IsNoCopy = !isPath && options.Contains("nocopy"),
        };
    }

    private static Mount Long(MountBody mount, Func<string, string> volumeKey) => new()
    {
        Kind = mount.Type switch { "bind" => MountKind.Bind, "tmpfs" => MountKind.Tmpfs, "volume" => MountKind.Volume, _ => MountKind.Unsupported },
        Source = mount.Type == "bind" ? mount.Source ?? "" : mount.Type != "volume" || mount.Source is not { Length: > 0 } name || IsAnonymous(name) ? "" : volumeKey(name),
        Target = mount.Target,
        IsReadOnly = mount.ReadOnly == true,
        Propagation = mount.BindOptions?.Propagation is { Length: > 0 } propagation and not "rprivate" ? propagation : "",
        IsNoCopy = mount.VolumeOptions?.NoCopy == true,
        SubPath = mount.VolumeOptions?.Subpath ?? "",
        TmpfsSize = mount.TmpfsOptions?.SizeBytes is > 0 and var size ? new ByteSize(size) : null,
        TmpfsMode = mount.TmpfsOptions?.Mode is > 0 and var mode ? mode : null,
    };

    /// <remarks>The engine names an anonymous volume with 64 hexadecimal digits.</remarks>
    private static bool IsAnonymous(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);
}
