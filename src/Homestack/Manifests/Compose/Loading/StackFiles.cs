using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Reads the files of one stack and remembers each text and the folder that its relative paths belong to.</summary>
/// <remarks>At most <see cref="MostFiles"/> files of <see cref="YamlBudget.FileBytes"/>. Adds HS1100, HS1102 and what the readers of the formats add.</remarks>
internal sealed class StackFiles(ISourceReader reader, ValueMap<string> environment, DiagnosticBag diagnostics)
{
    private const int MostFiles = 200;
    private const long EnvironmentFileBytes = 512 << 10;

    private readonly List<SourceText> sources = [];
    private readonly Dictionary<SourceText, string> folders = new(ReferenceEqualityComparer.Instance);

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>In the order of reading.</summary>
    public ValueList<SourceText> Sources => sources.ToValueList();

    /// <summary>The root of a YAML file with variables put in; null when it cannot be used.</summary>
    /// <param name="path">Relative to the home's folder, or absolute.</param>
    /// <param name="folder">What relative paths in it belong to.</param>
    /// <param name="scope">Variables.</param>
    /// <param name="asker">Where the file is named; null for the stack's own.</param>
    public YamlMapping? ReadYaml(string path, string folder, VariableScope scope, SourceSpan? asker)
    {
        if (ReadText(path, YamlBudget.FileBytes, asker, "Stacks are made of Compose files.") is not { } source)
        {
            return null;
        }

        folders[source] = folder;
        var before = diagnostics.Count;
        var root = YamlReader.Read(source, diagnostics);
        if (root is null or YamlScalar { IsNull: true })
        {
            if (diagnostics.Count == before)
            {
                diagnostics.Add(LoadingDiagnostics.Empty(source));
            }

            return null;
        }

        if (root is not YamlMapping mapping)
        {
            diagnostics.Add(BindingDiagnostics.Expected("a mapping with \"services:\"", root, ""));
            return null;
        }

        return new Interpolation(scope, diagnostics).Apply(mapping) as YamlMapping;
    }

    /// <summary>The values of an env file; empty when it is missing and may be.</summary>
    public ValueMap<Located<Text>> ReadEnvironment(string path, VariableScope scope, SourceSpan? asker, bool isRequired, bool isRaw = false)
    {
        if (!isRequired && IsMissing(path))
        {
            return ValueMap<Located<Text>>.Empty;
        }

        var source = ReadText(path, EnvironmentFileBytes, asker, "Make the file, or write \"required: false\" beside its path.");
        return source is null ? ValueMap<Located<Text>>.Empty
            : isRaw ? EnvironmentFile.ReadRaw(source, scope)
            : EnvironmentFile.Read(source, scope, diagnostics);
    }

    /// <summary>The variables of a <c>.env</c> file; empty when there is none. Values that name secrets are left out: variables are plain.</summary>
    public ValueMap<string> ReadVariables(string path, VariableScope scope, SourceSpan? asker)
    {
        var plain = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in ReadEnvironment(path, scope, asker, isRequired: asker is not null))
        {
            if (value.Value.Secrets.Any())
            {
                diagnostics.Add(BindingDiagnostics.SecretNotHere(value.Span, name));
            }
            else
            {
                plain.Add(new(name, value.Value.Reveal(static _ => "")));
            }
        }

        return plain.ToValueMap();
    }

    /// <summary>A path as it is written at a place, relative to the folder of that place's file; <c>~</c> is HOME.</summary>
    public string Resolve(string written, SourceSpan span)
    {
        if (written is "~" || written.StartsWith("~/", StringComparison.Ordinal))
        {
            if (!environment.TryGetValue("HOME", out var home) || home.Length == 0)
            {
                diagnostics.Add(LoadingDiagnostics.NoHome(span));
                return written;
            }

            return StackPath.Resolve("", home + written[1..]);
        }

        return StackPath.Resolve(folders.GetValueOrDefault(span.Source, ""), written);
    }

    private bool IsMissing(string path) => reader.Read(path, 1).Problem == SourceProblem.NotFound;

    private SourceText? ReadText(string path, long limit, SourceSpan? asker, string whatFor)
    {
        if (sources.Count >= MostFiles)
        {
            diagnostics.Add(LoadingDiagnostics.TooManyFiles(asker, MostFiles));
            return null;
        }

        var reading = reader.Read(path, limit);
        if (reading.Text is not { } text)
        {
            diagnostics.Add(LoadingDiagnostics.Unreadable(path, reading, asker, whatFor));
            return null;
        }

        // A text of our own for each reading: one file read twice may belong to two folders.
        var source = new SourceText(text.Path, text.Text);
        sources.Add(source);
        return source;
    }
}
