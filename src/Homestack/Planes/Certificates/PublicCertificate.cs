using System.Text.Json.Serialization;
using Homestack.Blueprints;
using Homestack.Collections;

namespace Homestack.Planes.Certificates;

/// <summary>A certificate that is to come from a public issuer.</summary>
/// <param name="Names">DNS names, sorted, at least one; <c>*.domain</c> comes first.</param>
/// <param name="From">Whom to ask, and how.</param>
public sealed record PublicCertificate(ValueList<string> Names, CertificateSettings From)
{
    /// <summary>What it is known by.</summary>
    [JsonIgnore]
    public string Name => Names[0];

    /// <summary>Its name as a file's; lego writes names so too.</summary>
    [JsonIgnore]
    public string FileName => Name.Replace('*', '_');

    /// <summary>The issuer's as a folder's: what one issuer gave is never taken for another's.</summary>
    [JsonIgnore]
    public string IssuerFolder => string.Concat(From.Directory["https://".Length..].Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_'));

    /// <summary>What orders are counted by: an issuer and a name.</summary>
    [JsonIgnore]
    public string Key => $"{IssuerFolder}/{FileName}";
}
