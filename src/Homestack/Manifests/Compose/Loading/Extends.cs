using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Replaces every <c>extends</c> by what it brings, joined with what stands beside it.</summary>
/// <remarks>Chains are followed through any number of files; a circle is HS1124. Paths in an extended file belong to that file's folder. Adds HS1123, HS1124.
/// <para>Source: Compose Specification, "extends".</para></remarks>
internal sealed class Extends(StackFiles files, VariableScope scope)
{
    private const int LongestChain = 64;

    private readonly Dictionary<string, YamlMapping?> otherFiles = new(StringComparer.Ordinal);
    private readonly List<(string File, string Service)> chain = [];

    public YamlMapping Resolve(YamlMapping root, string path)
    {
        if (root.Find("services") is not YamlMapping services || !services.Entries.Any(entry => (entry.Value as YamlMapping)?.Find("extends") is not null))
        {
            return root;
        }

        var resolved = services with { Entries = [.. services.Entries.Select(entry => entry with { Value = ResolveService(entry.Key.Value, entry.Value, services, path) })] };
        return root with { Entries = [.. root.Entries.Select(entry => entry.Key.Value == "services" ? entry with { Value = resolved } : entry)] };
    }

    private YamlNode ResolveService(string name, YamlNode node, YamlMapping siblings, string path)
    {
        if (node is not YamlMapping service || service.Find("extends") is not { } extends)
        {
            return node;
        }

        var own = service with { Entries = [.. service.Entries.Where(entry => entry.Key.Value != "extends")] };
        if (extends is YamlScalar { IsNull: true } || extends.Tag == NodeMerge.Reset || ReadTarget(extends, name) is not { } target)
        {
            return own;
        }

        var file = target.File is { } written ? files.Resolve(written.Value, written.Span) : path;
        var services = file == path ? siblings : OtherFile(file, target.File?.Span)?.Find("services") as YamlMapping;
        if (services?.Find(target.Service.Value) is not { } lower)
        {
            if (services is not null || otherFiles.GetValueOrDefault(file) is not null)
            {
                files.Diagnostics.Add(LoadingDiagnostics.UnknownBase(target.Service.Value, target.Service.Span, file, (services?.Entries ?? []).Select(entry => entry.Key.Value)));
            }

            return own;
        }

        if (chain.Count >= LongestChain)
        {
            files.Diagnostics.Add(LoadingDiagnostics.ExtendsTooDeep(target.Service.Span, LongestChain));
            return own;
        }

        chain.Add((path, name));
        try
        {
            if (chain.Contains((file, target.Service.Value)))
            {
                files.Diagnostics.Add(LoadingDiagnostics.ExtendsCycle(target.Service.Span,
                    chain.SkipWhile(step => step != (file, target.Service.Value)).Append((File: file, Service: target.Service.Value)).Select(step => $"\"{step.Service}\"")));
                return own;
            }

            return new NodeMerge(files.Diagnostics).Merge(ResolveService(target.Service.Value, lower, services, file), own, "services.*");
        }
        finally
        {
            chain.RemoveAt(chain.Count - 1);
        }
    }

    private (Located<string> Service, Located<string>? File)? ReadTarget(YamlNode extends, string name)
    {
        var place = $"services.{name}.extends";
        if (extends is YamlScalar)
        {
            return YamlValue.Text(extends, place, files.Diagnostics) is { } service ? (service, null) : null;
        }

        if (MappingReader.Of(extends, place, files.Diagnostics) is not { } mapping)
        {
            return null;
        }

        var target = mapping.RequiredText("service", "the service to extend");
        var file = mapping.Text("file");
        mapping.Finish();
        return target is { } found ? (found, file) : null;
    }

    private YamlMapping? OtherFile(string file, SourceSpan? asker)
    {
        if (!otherFiles.TryGetValue(file, out var root))
        {
            root = files.ReadYaml(file, StackPath.FolderOf(file), scope, asker);
            otherFiles.Add(file, root);
        }

        return root;
    }
}
