using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>external</c>: a boolean, or the older mapping with a name.</summary>
internal static class ExternalReader
{
    public static (bool IsExternal, Located<string>? Name) Read(MappingReader mapping, SpecReading reading)
    {
        if (mapping.Take("external") is not { } node)
        {
            return (false, null);
        }

        if (node is YamlScalar)
        {
            return (YamlValue.Bool(node, mapping.PathOf("external"), reading.Diagnostics)?.Value ?? false, null);
        }

        var named = MappingReader.Of(node, mapping.PathOf("external"), reading.Diagnostics);
        var name = named?.Text("name");
        named?.Finish();
        return (true, name);
    }

    /// <summary>HS1153 for each of the keys that is set.</summary>
    public static void RefuseDescription(MappingReader mapping, IEnumerable<string> keys, SpecReading reading)
    {
        foreach (var key in keys.Where(key => mapping.Take(key) is not null))
        {
            reading.Diagnostics.Add(SpecDiagnostics.ExternalWith(key, mapping.SpanOf(key), mapping.PathOf(key)));
        }
    }
}
