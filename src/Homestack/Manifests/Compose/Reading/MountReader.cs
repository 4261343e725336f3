using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>volumes</c> of a service in both syntaxes. Of several with one target the last counts.</summary>
/// <remarks>Adds HS1146. <para>Source: Compose Specification, "volumes"; compose-go <c>format.ParseVolume</c>.</para></remarks>
internal static class MountReader
{
    private static readonly string[] Propagations = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

    public static ValueList<MountSpec> Read(MappingReader service, SpecReading reading)
    {
        var mounts = new Dictionary<string, MountSpec>(StringComparer.Ordinal);
        var items = service.Items("volumes") ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            var path = $"{service.PathOf("volumes")}[{i}]";
            var mount = items[i] is YamlMapping ? ReadLong(items[i], path, reading)
                : YamlValue.Text(items[i], path, reading.Diagnostics) is { } text ? ReadShort(text, path, reading) : null;
            if (mount is not null && !mount.Target.Value.StartsWith('/'))
            {
                reading.Diagnostics.Add(SpecDiagnostics.Mount(mount.Target.Value, "the path in the container must be absolute.", mount.Target.Span, path));
            }
            else if (mount is not null)
            {
                mounts[mount.Target.Value] = mount;
            }
        }

        return mounts.Values.ToValueList();
    }

    private static MountSpec? ReadShort(Located<string> text, string path, SpecReading reading)
    {
        var pieces = text.Value.Split(':');
        var words = pieces.Any(piece => piece.Length == 0) ? "a part between colons is empty."
            : pieces.Length > 3 ? "there are too many colons."
            : pieces.Length > 1 && pieces[0].Length == 1 && (pieces[1][0] == '\\' || pieces is [_, _, ['/', ..]]) ? "paths of Windows are not known here." : null;
        if (words is not null)
        {
            reading.Diagnostics.Add(SpecDiagnostics.Mount(text.Value, words, text.Span, path));
            return null;
        }

        if (pieces.Length == 1)
        {
            return new() { Kind = MountSpecKind.Volume, Source = new("", text.Span), Target = new(Trimmed(pieces[0]), text.Span) };
        }

        var isBind = pieces[0][0] is '.' or '/' or '~';
        var mount = new MountSpec
        {
            Kind = isBind ? MountSpecKind.Bind : MountSpecKind.Volume,
            Source = new(isBind ? reading.Files.Resolve(pieces[0], text.Span) : pieces[0], text.Span),
            Target = new(Trimmed(pieces[1]), text.Span),
            CreatesHostPath = isBind,
        };
        foreach (var option in pieces.Length == 3 ? pieces[2].Split(',') : [])
        {
            mount = option switch
            {
                "ro" => mount with { IsReadOnly = true },
                "rw" => mount with { IsReadOnly = false },
                "z" or "Z" => mount with { SelinuxLabel = option },
                "nocopy" => mount with { IsNoCopy = true },
                // Hints for file sharing with macOS; without meaning on Linux.
                "cached" or "delegated" or "consistent" => mount,
                _ when Propagations.Contains(option) => mount with { Propagation = option },
                _ => Unknown(mount, option),
            };
        }

        return mount;

        MountSpec Unknown(MountSpec given, string option)
        {
            reading.Diagnostics.Add(SpecDiagnostics.Mount(text.Value,
                $"\"{option}\" is no option of a volume.{Suggestion.For(option, ["ro", "rw", "nocopy", .. Propagations])}", text.Span, path));
            return given;
        }
    }

    private static MountSpec? ReadLong(YamlNode node, string path, SpecReading reading)
    {
        if (MappingReader.Of(node, path, reading.Diagnostics) is not { } mapping)
        {
            return null;
        }

        var type = mapping.Word("type", "bind", "volume", "tmpfs", "npipe", "cluster", "image");
        var source = mapping.Text("source");
        var target = mapping.RequiredText("target", "the path in the container");
        var isReadOnly = mapping.Bool("read_only")?.Value ?? false;
        mapping.Take("consistency");
        var bind = mapping.Mapping("bind");
        var volume = mapping.Mapping("volume");
        var tmpfs = mapping.Mapping("tmpfs");
        mapping.Take("image");
        mapping.FinishExceptExtensions();
        if (type is null && !mapping.Has("type"))
        {
            reading.Diagnostics.Add(BindingDiagnostics.Missing("type", "\"bind\", \"volume\" or \"tmpfs\"", node.Span, path));
        }

        if (type is { Value: "npipe" or "cluster" or "image" } other)
        {
            reading.Diagnostics.Add(SpecDiagnostics.NotSupported("type: " + other.Value, "Use a bind mount or a named volume.", other.Span, path));
            return null;
        }

        if (type is not { } kind || target is not { } into)
        {
            return null;
        }

        if (kind.Value == "bind" && source is null)
        {
            reading.Diagnostics.Add(BindingDiagnostics.Missing("source", "the path on the host", node.Span, path));
            return null;
        }

        var from = source ?? new("", node.Span);
        var mount = new MountSpec
        {
            Kind = kind.Value switch { "bind" => MountSpecKind.Bind, "tmpfs" => MountSpecKind.Tmpfs, _ => MountSpecKind.Volume },
            Source = kind.Value == "bind" ? new(reading.Files.Resolve(from.Value, from.Span), from.Span) : from,
            Target = new(Trimmed(into.Value), into.Span),
            IsReadOnly = isReadOnly,
            CreatesHostPath = bind?.Bool("create_host_path")?.Value ?? (kind.Value == "bind" && bind is not null),
            Propagation = bind?.Word("propagation", Propagations)?.Value ?? "",
            SelinuxLabel = bind?.Word("selinux", "z", "Z")?.Value ?? "",
            IsNoCopy = volume?.Bool("nocopy")?.Value ?? false,
            SubPath = volume?.Plain("subpath") ?? "",
            TmpfsSize = tmpfs?.Size("size"),
            TmpfsMode = tmpfs?.Mode("mode", reading),
        };
        bind?.Refuse("recursive", "Mounts below the source come along, as they do by default.", reading);
        volume?.Refuse("labels", "Write them under \"labels\" of the volume itself.", reading);
        bind?.FinishExceptExtensions();
        volume?.FinishExceptExtensions();
        tmpfs?.FinishExceptExtensions();
        return mount;
    }

    private static string Trimmed(string target) => target.Length > 1 && target.EndsWith('/') ? target.TrimEnd('/') is { Length: > 0 } rest ? rest : "/" : target;
}
