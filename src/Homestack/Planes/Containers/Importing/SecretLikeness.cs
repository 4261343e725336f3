using System.Text.RegularExpressions;

namespace Homestack.Planes.Containers.Importing;

/// <summary>Guesses from its name whether an environment variable holds a secret. Too often is better than too seldom: a stored secret works as well as a written one.</summary>
public static partial class SecretLikeness
{
    private static readonly string[] Words =
        ["PASS", "PASSWORD", "PASSWD", "PASSPHRASE", "PWD", "PW", "SECRET", "SECRETS", "TOKEN", "TOKENS", "KEY", "KEYS", "APIKEY", "CREDENTIAL", "CREDENTIALS", "AUTH", "PRIVATE", "SALT", "COOKIE", "DSN", "PSK", "PIN"];

    private static readonly string[] Endings = ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "APIKEY"];

    /// <summary>Whether the value must not stand in a file that people share.</summary>
    public static bool IsSecret(string name, string value)
    {
        if (value.Length == 0 || value.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off")
        {
            return false;
        }

        // A user with a password in an address, such as postgres://ana:geheim@db.
        if (PasswordInAddress().IsMatch(value))
        {
            return true;
        }

        var words = name.ToUpperInvariant().Split('_', '-', '.');

        // DB_PASSWORD_FILE and PWD name a place, PUBLIC_KEY is for everyone.
        return words[^1] is not ("FILE" or "PATH" or "DIR" or "NAME" or "ID" or "TTL") && name is not ("PWD" or "OLDPWD") && !words.Contains("PUBLIC")
            && words.Any(word => Words.Contains(word) || Endings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"://[^/\s:@]*:[^/\s@]+@", RegexOptions.CultureInvariant)]
    private static partial Regex PasswordInAddress();
}
