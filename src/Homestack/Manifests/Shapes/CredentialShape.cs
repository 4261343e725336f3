using System.Text.Json.Nodes;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;

namespace Homestack.Manifests.Shapes;

/// <summary>A value that may, and for anything secret should, name a secret: <c>${secret:name}</c>.</summary>
/// <remarks>Adds HS1316 for a reference that is not one. A secret written in clear is HS1318, a warning: the file is copied into every generation.</remarks>
/// <param name="isSecretKey">Whether the key it stands under is one whose value nobody may read.</param>
public sealed class CredentialShape(Func<string, bool> isSecretKey) : Shape<Text>
{
    private static readonly string[] SecretWords = ["token", "secret", "password", "passwd", "key", "pass"];

    /// <summary>For values under keys such as CF_DNS_API_TOKEN or AWS_ACCESS_KEY_ID.</summary>
    public static readonly CredentialShape ByKey = new(key =>
        SecretWords.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase)) && !key.EndsWith("_ID", StringComparison.OrdinalIgnoreCase) && !key.EndsWith("_FILE", StringComparison.OrdinalIgnoreCase));

    /// <summary>For a value that is a secret whatever its key.</summary>
    public static readonly CredentialShape Always = new(_ => true);

    public override Located<Text>? Read(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (YamlValue.Text(node, path, diagnostics) is not { } written || node is not YamlScalar scalar)
        {
            return null;
        }

        var text = Text.Parse(written.Value);
        if (text.Parts.Any(part => !part.IsSecret && part.Value.Contains("${", StringComparison.Ordinal)) && !written.Value.Contains("$${", StringComparison.Ordinal))
        {
            diagnostics.Add(ManifestDiagnostics.NotASecretReference(scalar, path));
            return null;
        }

        if (!text.Secrets.Any() && isSecretKey(path[(path.LastIndexOf('.') + 1)..]))
        {
            diagnostics.Add(ManifestDiagnostics.SecretInClear(scalar, path));
        }

        return new(text, written.Span);
    }

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number", "boolean") };
}
