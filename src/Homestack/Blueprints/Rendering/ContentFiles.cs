using System.Globalization;
using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>The files that are made for containers: as files beside the Compose file (<c>secrets</c>), or as <c>configs</c> with inline content.</summary>
/// <param name="text">Puts secrets in as variables.</param>
/// <param name="isBeside">Files beside are wanted. What names a secret stays inline all the same: its value may not lie in a file.</param>
internal sealed class ContentFiles(ComposeText text, bool isBeside)
{
    private const string Folder = "files/";

    private readonly List<(string Name, Mount Mount)> files = [];

    /// <summary>By path, relative to the Compose file.</summary>
    public ValueMap<string> Beside => files.Where(file => IsBeside(file.Mount)).ToValueMap(file => Folder + file.Name, file => file.Mount.Content is { } content ? content.Reveal(name => name) : "");

    public bool HasInline => files.Exists(file => !IsBeside(file.Mount));

    public bool IsBeside(Mount mount) => isBeside && mount.Content?.Secrets.Any() != true;

    /// <summary>Adds a file and returns how a service names it.</summary>
    public YamlMapping Add(string service, Mount mount, MappingWriter use)
    {
        var number = 1;
        while (files.Exists(file => file.Name == $"{service}-{number}"))
        {
            number++;
        }

        files.Add(($"{service}-{number}", mount));
        return use.Text("source", $"{service}-{number}").Text("target", mount.Target)
            .Text("uid", mount.Owner?.UserId?.ToString(CultureInfo.InvariantCulture))
            .Text("gid", mount.Owner?.GroupId?.ToString(CultureInfo.InvariantCulture))
            .Number("mode", (long?)mount.Owner?.Mode).ToNode();
    }

    public MappingWriter WriteBeside(MappingWriter section) =>
        files.Where(file => IsBeside(file.Mount)).Aggregate(section, (all, file) => all.Mapping(file.Name, all.Empty().Text("file", $"./{Folder}{file.Name}")));

    public MappingWriter WriteInline(MappingWriter section) =>
        files.Where(file => !IsBeside(file.Mount)).Aggregate(section, (all, file) => all.Mapping(file.Name, all.Empty().Verbatim("content", file.Mount.Content is { } content ? text.Of(content) : "")));
}
