using System.Text.RegularExpressions;

namespace Homestack.Manifests.Shapes;

/// <summary>What a name may be made of.</summary>
/// <param name="Pattern">A regular expression that JSON Schema understands too.</param>
/// <param name="Words">The same for people, as the end of "Write …".</param>
public sealed partial record NameRule(string Pattern, string Words)
{
    private static readonly string[] ReservedBeginnings = ["LEGO_", "LD_", "SSL_CERT_"];

    /// <summary>One label of a DNS name (RFC 1123 §2.1): it may become part of one.</summary>
    public static readonly NameRule Label = new("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "1 to 63 of a-z, 0-9 and \"-\", beginning and ending with a letter or digit")
    { Check = text => LabelPattern().IsMatch(text) };

    /// <summary>A home's name, short because it begins every engine object's name.</summary>
    public static readonly NameRule Home = new("^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$", "1 to 32 of a-z, 0-9 and \"-\", beginning and ending with a letter or digit")
    { Check = text => text.Length <= 32 && LabelPattern().IsMatch(text) };

    /// <summary>A DNS name below the home's domain or a whole one: labels with dots, also "*." first and "_" for service records.</summary>
    public static readonly NameRule Record = new(@"^(\*\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*$", "a DNS name, such as printer or nas.home.example.org")
    { Check = text => IsDnsName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text, allowsUnderscore: true) };

    /// <summary>The name of an environment variable.</summary>
    public static readonly NameRule Variable = new("^[A-Za-z_][A-Za-z0-9_]*$", "letters, digits and \"_\", not beginning with a digit")
    { Check = text => text.Length is >= 1 and <= 128 && !char.IsAsciiDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') };

    /// <summary>The name of an environment variable that a DNS provider's client reads: none that changes what program runs, or whom it trusts.</summary>
    public static readonly NameRule ProviderVariable = new("^(?!(LEGO_|LD_|SSL_CERT_)|(PATH|HOME|LANG|TZ|GODEBUG)$)[A-Z][A-Z0-9_]*$",
        "capitals, digits and \"_\", such as CF_DNS_API_TOKEN; not PATH, HOME, LANG, TZ, GODEBUG, nor what begins with LEGO_, LD_ or SSL_CERT_")
    {
        Check = text => text.Length is >= 1 and <= 128 && char.IsAsciiLetterUpper(text[0]) && text.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '_')
            && text is not ("PATH" or "HOME" or "LANG" or "TZ" or "GODEBUG") && !ReservedBeginnings.Any(beginning => text.StartsWith(beginning, StringComparison.Ordinal)),
    };

    /// <summary>A person: what they type to sign in.</summary>
    public static readonly NameRule Person = new("^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$", "1 to 64 of a-z, 0-9, \".\", \"_\" and \"-\", beginning and ending with a letter or digit")
    {
        Check = text => text.Length is >= 1 and <= 64 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '_' or '-'),
    };

    internal Func<string, bool> Check { get; init; } = _ => true;

    public bool IsValid(string text) => Check(text);

    /// <summary>Labels of 1 to 63 with dots between, 253 in all.</summary>
    public static bool IsDnsName(string text) => IsDnsName(text, allowsUnderscore: false);

    private static bool IsDnsName(string text, bool allowsUnderscore) =>
        text.Length is >= 1 and <= 253 && text.Split('.').All(label => label.Length is >= 1 and <= 63 && label[0] != '-' && label[^1] != '-'
            && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' || (letter == '_' && allowsUnderscore)));

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelPattern();
}
