using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>A Compose file that was made from a blueprint.</summary>
/// <param name="Root">The whole file.</param>
/// <param name="Variables">Variable of the file → the secret whose value it takes.</param>
/// <param name="Notes">What a reader of the file must know, a sentence each.</param>
public sealed record ComposeDocument(YamlMapping Root, ValueMap<string> Variables, ValueList<string> Notes)
{
    /// <summary>Further files, by their path beside this one.</summary>
    public ValueMap<string> Files { get; init; } = ValueMap<string>.Empty;

    /// <summary>The file's text.</summary>
    public string Text => YamlWriter.Write(Root);

    /// <summary>A file of variables to fill in, without values; empty when there are none.</summary>
    public string SampleVariables => string.Concat(Variables.Select(variable => $"# secret {variable.Value}\n{variable.Key}=\n"));
}
