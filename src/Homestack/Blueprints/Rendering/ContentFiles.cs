using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>The files that are made for containers, as top-level <c>configs</c> with inline content.</summary>
/// <remarks><para>Source: Compose Specification, "configs", <c>content</c>.</para></remarks>
internal sealed class ContentFiles(ComposeText text)
{
    private readonly List<(string Name, string Content)> files = [];

    /// <summary>Adds a file and returns how a service names it.</summary>
    public YamlMapping Add(string service, Mount mount, MappingWriter use)
    {
        var name = $"{service}-{1 + files.Count(file => file.Name.StartsWith(service + "-", StringComparison.Ordinal))}";
        while (files.Any(file => file.Name == name))
        {
            name += "-file";
        }

        files.Add((name, mount.Content is { } content ? text.Of(content) : ""));
        return use.Text("source", name).Text("target", mount.Target)
            .Text("uid", mount.Owner?.UserId?.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Text("gid", mount.Owner?.GroupId?.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Number("mode", mount.Owner?.Mode).ToNode();
    }

    public MappingWriter Write(MappingWriter section)
    {
        foreach (var (name, content) in files)
        {
            section.Mapping(name, section.Empty().Verbatim("content", content));
        }

        return section;
    }
}
