using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Reads one or several files as one, with everything that they include.</summary>
/// <remarks>An included file stands on its own: it has its own folder and variables, and extends within itself. A name that both sides define differently is an error.
/// Adds HS1121, HS1122. <para>Source: Compose Specification, "Include".</para></remarks>
internal sealed class Includes(StackFiles files)
{
    private static readonly string[] Sections = ["services", "networks", "volumes", "secrets", "configs"];

    private readonly List<string> chain = [];

    /// <summary>The joined tree without <c>include</c> and <c>extends</c>; null when nothing can be read.</summary>
    public YamlMapping? Read(IReadOnlyList<(string Path, SourceSpan? Asker)> paths, string folder, VariableScope scope)
    {
        YamlMapping? joined = null;
        foreach (var (path, asker) in paths)
        {
            if (chain.Contains(path) && asker is { } span)
            {
                files.Diagnostics.Add(LoadingDiagnostics.IncludeCycle(span, [.. chain.SkipWhile(name => name != path), path]));
                continue;
            }

            if (files.ReadYaml(path, folder, scope, asker) is not { } root)
            {
                continue;
            }

            chain.Add(path);
            root = new Extends(files, scope).Resolve(Import(root, scope), path);
            chain.RemoveAt(chain.Count - 1);
            joined = joined is null ? root : new NodeMerge(files.Diagnostics).Merge(joined, root, "") as YamlMapping ?? root;
        }

        return joined;
    }

    private YamlMapping Import(YamlMapping root, VariableScope scope)
    {
        if (root.Find("include") is not { } include)
        {
            return root;
        }

        var result = root with { Entries = [.. root.Entries.Where(entry => entry.Key.Value != "include")] };
        if (include is YamlScalar { IsNull: true } || YamlValue.Items(include, "a list of files", "include", files.Diagnostics) is not { } items)
        {
            return result;
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (ReadEntry(items[i], $"include[{i}]", scope) is { } imported)
            {
                result = Join(result, imported);
            }
        }

        return result;
    }

    private YamlMapping? ReadEntry(YamlNode entry, string place, VariableScope scope)
    {
        ValueList<Located<string>>? written = null, environmentFiles = null;
        Located<string>? projectFolder = null;
        if (entry is YamlScalar)
        {
            written = YamlValue.TextOrList(entry, place, files.Diagnostics);
        }
        else if (MappingReader.Of(entry, place, files.Diagnostics) is { } mapping)
        {
            written = mapping.TextOrList("path");
            environmentFiles = mapping.TextOrList("env_file");
            projectFolder = mapping.Text("project_directory");
            mapping.FinishExceptExtensions();
            if (written is null && !mapping.Has("path"))
            {
                files.Diagnostics.Add(BindingDiagnostics.Missing("path", "the file to include", mapping.Span, place));
            }
        }

        if (written is null or { Count: 0 })
        {
            return null;
        }

        var paths = written.Select(path => (Path: files.Resolve(path.Value, path.Span), Asker: (SourceSpan?)path.Span)).ToList();
        var folder = projectFolder is { } named ? files.Resolve(named.Value, named.Span) : StackPath.FolderOf(paths[0].Path);
        var inner = scope;
        if (environmentFiles is null)
        {
            inner = inner.Under(files.ReadVariables(StackPath.Resolve(folder, ".env"), scope, asker: null));
        }

        foreach (var file in (environmentFiles ?? []).Reverse())
        {
            inner = inner.Under(files.ReadVariables(files.Resolve(file.Value, file.Span), scope, file.Span));
        }

        return Read(paths, folder, inner);
    }

    private YamlMapping Join(YamlMapping root, YamlMapping imported)
    {
        var entries = root.Entries.ToList();
        foreach (var section in Sections)
        {
            if (imported.Find(section) is not YamlMapping more)
            {
                continue;
            }

            var at = entries.FindIndex(entry => entry.Key.Value == section);
            if (at < 0 || entries[at].Value is YamlScalar { IsNull: true })
            {
                entries.RemoveAll(entry => entry.Key.Value == section);
                entries.Add(new(new(section, false, more.Span), more));
            }
            else if (entries[at].Value is YamlMapping own)
            {
                entries[at] = new(entries[at].Key, JoinSection(section, own, more));
            }
        }

        return root with { Entries = entries };
    }

    private YamlMapping JoinSection(string section, YamlMapping own, YamlMapping more)
    {
        var entries = own.Entries.ToList();
        foreach (var entry in more.Entries)
        {
            var same = own.Entries.FirstOrDefault(candidate => candidate.Key.Value == entry.Key.Value);
            if (same is null)
            {
                entries.Add(entry);
            }
            else if (!NodeEquality.AreEqual(same.Value, entry.Value))
            {
                files.Diagnostics.Add(LoadingDiagnostics.IncludeConflict(section, entry.Key.Value, same.Key.Span, entry.Key.Span));
            }
        }

        return own with { Entries = entries };
    }
}
