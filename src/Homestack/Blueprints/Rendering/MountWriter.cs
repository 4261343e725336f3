using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes what is mounted into a service: <c>volumes</c>, <c>tmpfs</c>, <c>volumes_from</c> and <c>configs</c>.</summary>
/// <remarks>The short syntax where it can say it: older programs know no <c>create_host_path</c>, and the short syntax means it.</remarks>
internal static class MountWriter
{
    public static void Write(Service service, MappingWriter mapping, ComposeNames names, ContentFiles files)
    {
        var mounts = service.Container.Mounts;
        mapping.Nodes("volumes", mounts.Where(mount => mount.Kind is MountKind.Volume or MountKind.Bind || IsLongTmpfs(mount)).Select(mount => Node(mount, mapping, names)));
        mapping.Texts("tmpfs", mounts.Where(mount => mount.Kind == MountKind.Tmpfs && !IsLongTmpfs(mount))
            .Select(mount => mount.TmpfsOptions.Length > 0 ? $"{mount.Target}:{mount.TmpfsOptions}" : mount.Target));
        mapping.Texts("volumes_from", service.Container.VolumesFrom.Select(names.Reference));
        var written = names.Service($"{service.Stack}/{service.Name}");
        var made = mounts.Where(mount => mount.Kind == MountKind.Content).ToLookup(files.IsBeside);
        mapping.Nodes("secrets", made[true].Select(mount => files.Add(written, mount, mapping.Empty())));
        mapping.Nodes("configs", made[false].Select(mount => files.Add(written, mount, mapping.Empty())));
    }

    private static bool IsLongTmpfs(Mount mount) =>
        mount.Kind == MountKind.Tmpfs && mount.TmpfsOptions.Length == 0 && (mount.TmpfsSize is not null || mount.TmpfsMode is not null || mount.IsReadOnly);

    private static YamlNode Node(Mount mount, MappingWriter mapping, ComposeNames names)
    {
        var source = mount.Kind == MountKind.Volume && mount.Source.Length > 0 ? names.Volume(mount.Source) : mount.Source;
        return CanBeShort(mount, source) ? mapping.TextNode(Short(mount, source)) : Long(mount, source, mapping.Empty());
    }

    /// <summary>No colon but ours, and nothing that only the long syntax can say. One letter before a colon would be a drive of Windows.</summary>
    private static bool CanBeShort(Mount mount, string source) =>
        !source.Contains(':', StringComparison.Ordinal) && !mount.Target.Contains(':', StringComparison.Ordinal) && mount.SubPath.Length == 0 && mount.Kind switch
        {
            MountKind.Bind => mount.CreatesHostPath && source.StartsWith('/'),
            MountKind.Volume when source.Length == 0 => !mount.IsReadOnly && !mount.IsNoCopy && mount.SelinuxLabel.Length == 0,
            MountKind.Volume => source.Length > 1,
            _ => false,
        };

    private static string Short(Mount mount, string source)
    {
        string[] options = [mount.IsReadOnly ? "ro" : "", mount.IsNoCopy ? "nocopy" : "", mount.SelinuxLabel, mount.Propagation];
        var written = string.Join(',', options.Where(option => option.Length > 0));
        return $"{(source.Length > 0 ? $"{source}:" : "")}{mount.Target}{(written.Length > 0 ? $":{written}" : "")}";
    }

    private static YamlMapping Long(Mount mount, string source, MappingWriter mapping)
    {
        mapping.Text("type", mount.Kind switch { MountKind.Bind => "bind", MountKind.Tmpfs => "tmpfs", _ => "volume" });
        mapping.Text("source", source).Text("target", mount.Target).Flag("read_only", mount.IsReadOnly);
        if (mount.Kind == MountKind.Bind)
        {
            // Without "bind" the host path is not made; with it, it is unless that is said.
            var bind = mapping.Empty().Text("propagation", mount.Propagation).Text("selinux", mount.SelinuxLabel);
            bind.Bool("create_host_path", mount.CreatesHostPath ? true : bind.Count > 0 ? false : null);
            mapping.Mapping("bind", bind);
        }

        return mapping
            .Mapping("volume", mapping.Empty().Flag("nocopy", mount.IsNoCopy).Text("subpath", mount.SubPath))
            .Mapping("tmpfs", mapping.Empty().Bytes("size", mount.TmpfsSize).Number("mode", (long?)mount.TmpfsMode)).ToNode();
    }
}
