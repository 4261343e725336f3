using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>command</c> and <c>entrypoint</c>: a text that is split into words, or a list of words.</summary>
/// <remarks>Null: not said. An empty list or text: the image's own is cleared. Adds HS1143, HS1144.</remarks>
internal static class CommandReader
{
    public static ValueList<string>? Read(MappingReader service, string key, SpecReading reading)
    {
        if (service.Take(key) is not { } node)
        {
            return null;
        }

        var path = service.PathOf(key);
        if (node is not YamlScalar)
        {
            return YamlValue.TextList(node, path, reading.Diagnostics).Values();
        }

        if (YamlValue.Text(node, path, reading.Diagnostics) is not { } line)
        {
            return null;
        }

        if (ShellWords.Split(line.Value, out var shellOperator) is not { } words)
        {
            reading.Diagnostics.Add(SpecDiagnostics.OpenQuote(line.Span, path));
            return null;
        }

        if (shellOperator is not null)
        {
            reading.Diagnostics.Add(SpecDiagnostics.ShellOperator(shellOperator, line.Span, path));
        }

        return words.ToValueList();
    }
}
