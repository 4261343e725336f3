using System.Text.Json.Nodes;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Sections;

/// <summary><c>stacks</c>: the home's Compose files: a list of paths, or names with a path each.</summary>
/// <remarks>In a list the stack's name is the file's name without its ending; <c>compose.yaml</c> and <c>docker-compose.yml</c> in a folder take the folder's name.</remarks>
public sealed class StacksSection : Shape<ValueList<StackEntry>>
{
    public static readonly StacksSection Shape = new();

    private static readonly Field<string> File = new("file", ShapeList.HomePath, "Path of the Compose file, inside this folder.") { IsRequired = true };

    private static readonly Field<string> Host = new("host", ShapeList.Name(NameRule.Label), "Host that its services run on. Default: this machine.");

    private static readonly Shape<(Located<string>? File, Located<string>? Host)> Named = new EitherShape<(Located<string>?, Located<string>?)>(
        node => node is YamlScalar,
        new MappedShape<string, (Located<string>?, Located<string>?)>(ShapeList.HomePath, file => (file, null)),
        new MappingShape<(Located<string>?, Located<string>?)>([File, Host], fields => (fields.Get(File), fields.Get(Host))));

    private static readonly ListShape<string> Paths = new(ShapeList.HomePath);

    private static readonly MapShape<(Located<string>? File, Located<string>? Host)> Names = new(NameRule.Label, Named);

    public override Located<ValueList<StackEntry>>? Read(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        var entries = new List<StackEntry>();
        if (node is YamlMapping)
        {
            foreach (var (name, stack) in Names.Read(node, path, diagnostics) is { } read ? read.Value : ValueMap<Located<(Located<string>? File, Located<string>? Host)>>.Empty)
            {
                if (stack.Value.File is { } file)
                {
                    entries.Add(new(new(name, stack.Span), file, stack.Value.Host));
                }
            }

            return new(entries.ToValueList(), node.Span);
        }

        foreach (var file in Paths.Read(node, path, diagnostics)?.Value ?? [])
        {
            var name = NameOf(file.Value);
            if (NameRule.Label.IsValid(name))
            {
                entries.Add(new(new(name, file.Span), file, null));
            }
            else
            {
                diagnostics.Add(ManifestDiagnostics.StackNameFromPath(file, name));
            }
        }

        return new(entries.OrderBy(entry => entry.Name.Value, StringComparer.Ordinal).ToValueList(), node.Span);
    }

    public override JsonObject Schema() => new() { ["oneOf"] = new JsonArray(ShapeList.HomePath.Schema(), new JsonObject { ["type"] = "array", ["items"] = ShapeList.HomePath.Schema() }, Names.Schema()) };

    /// <summary>The stack's name that a path implies.</summary>
    public static string NameOf(string path)
    {
        var parts = path.Split('/');
        var file = parts[^1];
        var stem = file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) ? file[..^5] : file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) ? file[..^4] : file;
        return stem is "compose" or "docker-compose" && parts.Length > 1 ? parts[^2].ToLowerInvariant() : stem.ToLowerInvariant();
    }
}
