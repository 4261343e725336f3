using System.Text.Json.Nodes;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Shapes;

/// <summary>What may stand at one place of homestack.yaml: said once, used to read it and to write the schema for editors.</summary>
/// <typeparam name="T">What it reads as.</typeparam>
public abstract class Shape<T>
{
    /// <summary>Reads a node that is there and has a value. Null after a diagnostic.</summary>
    public abstract Located<T>? Read(YamlNode node, string path, DiagnosticBag diagnostics);

    /// <summary>The same rule in JSON Schema, as far as JSON Schema can say it. A new object each time, because a JSON node has one parent.</summary>
    public abstract JsonObject Schema();
}
