using System.Net;
using System.Text.Json.Nodes;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;

namespace Homestack.Manifests.Shapes;

/// <summary>The single values that sections are made of.</summary>
public static class ShapeList
{
    public static readonly Shape<string> Text = new ScalarShape<string>(YamlValue.Text, () => new() { ["type"] = new JsonArray("string", "number", "boolean") });

    public static readonly Shape<bool> Bool = new ScalarShape<bool>(YamlValue.Bool, () => new() { ["enum"] = new JsonArray(true, false, "yes", "no", "on", "off") });

    public static readonly Shape<int> Port = Int(1, 65535);

    public static readonly Shape<TimeSpan> Duration = new ScalarShape<TimeSpan>(YamlValue.Duration,
        () => new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = @"^(0|([0-9.]+(ns|us|µs|ms|s|m|h|d|w))+)$" });

    /// <summary>A span of time within bounds; outside them HS1023 with these words.</summary>
    public static Shape<TimeSpan> Between(TimeSpan least, TimeSpan most, string words) => new ScalarShape<TimeSpan>(
        (node, path, diagnostics) =>
        {
            if (YamlValue.Duration(node, path, diagnostics) is not { } duration || node is not YamlScalar scalar)
            {
                return null;
            }

            if (duration.Value >= least && duration.Value <= most)
            {
                return duration;
            }

            diagnostics.Add(BindingDiagnostics.OutOfRange(words, scalar, path));
            return null;
        },
        Duration.Schema);

    public static readonly Shape<ByteSize> Bytes = new ScalarShape<ByteSize>(YamlValue.Bytes,
        () => new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = "^[0-9.]+ *([kKmMgGtT]([iI]?[bB])?|[bB])?$" });

    /// <summary>An IPv4 or IPv6 address.</summary>
    public static readonly Shape<IPAddress> Address = Checked(text => TryParseAddress(text, out var address) ? address : null, "an address such as 192.168.1.10 or fd00::10");

    /// <summary>A block of addresses with the host bits zero.</summary>
    public static readonly Shape<Cidr> Cidr = Checked(text => Primitives.Cidr.TryParse(text, out var cidr) && HasNoHostBits(text, cidr) ? cidr : null, "a block of addresses such as 192.168.1.0/24, with the bits after the prefix zero");

    /// <summary>An address or a DNS name.</summary>
    public static readonly Shape<string> Host = Checked(text => IsHost(text) ? text : null, "an address or a DNS name");

    /// <summary>A DNS name of one or more labels.</summary>
    public static readonly Shape<string> Domain = Checked(text => NameRule.IsDnsName(text) && !IPAddress.TryParse(text, out _) ? text.ToLowerInvariant() : null, "a domain such as home.example.org, without a dot at the end");

    /// <summary>A host and a port.</summary>
    public static readonly Shape<string> Endpoint = Checked(
        text => Uri.TryCreate("tcp://" + text, UriKind.Absolute, out var uri) && uri.Port is > 0 and <= 65535 && IsHost(uri.Host.Trim('[', ']')) && uri.PathAndQuery is "" or "/" && !text.Contains('@', StringComparison.Ordinal) ? text : null,
        "a host and a port, such as vpn.example.org:51820");

    /// <summary>A path in the home's folder, without a way out of it.</summary>
    public static readonly Shape<string> HomePath = Checked(text => IsInside(text) ? Normalised(text) : null, "a path inside the home's folder, with forward slashes and without \"..\"");

    /// <summary>A path in the home's folder, or an absolute one.</summary>
    public static readonly Shape<string> AnyPath = Checked(text => text.StartsWith('/') && !text.Contains('\0') || IsInside(text) ? Normalised(text) : null, "an absolute path, or one inside the home's folder");

    /// <summary>Hours and minutes of a day, <c>02:10</c>.</summary>
    public static readonly Shape<string> TimeOfDay = Checked(
        text => TimeOnly.TryParseExact(text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _) ? text : null,
        "a time of day such as 02:10");

    /// <summary>A WireGuard key: 32 bytes in base64.</summary>
    public static readonly Shape<string> VpnKey = Checked(text => IsVpnKey(text) ? text : null, "a WireGuard public key: 44 characters that end with \"=\"");

    public static Shape<int> Int(int least, int most) => new ScalarShape<int>(
        (node, path, diagnostics) => YamlValue.Int(node, path, diagnostics, least, most),
        () => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most });

    public static Shape<string> Choice(params string[] words)
    {
        var choices = words.ToValueMap(word => word, word => word);
        return new ScalarShape<string>(
            (node, path, diagnostics) => YamlValue.Choice(node, choices, path, diagnostics),
            () => new() { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) });
    }

    /// <summary>A name by a rule.</summary>
    public static Shape<string> Name(NameRule rule) => new ScalarShape<string>(
        (node, path, diagnostics) =>
        {
            if (YamlValue.Text(node, path, diagnostics) is not { } text || node is not YamlScalar scalar)
            {
                return null;
            }

            if (rule.IsValid(text.Value))
            {
                return text;
            }

            diagnostics.Add(ManifestDiagnostics.BadName(scalar, rule, path));
            return null;
        },
        () => new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = rule.Pattern });

    /// <summary>An absolute URL with one of these schemes and a host, without a user or password in it.</summary>
    public static Shape<string> Url(params string[] schemes) => Checked(
        text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme) && uri.Host.Length > 0 && uri.UserInfo.Length == 0 ? text : null,
        $"a URL that begins with {string.Join(" or ", schemes.Select(scheme => scheme + "://"))}, without a password in it");

    /// <summary>Text that a function turns into a value; null from it is HS1022 with these words.</summary>
    public static Shape<T> Checked<T>(Func<string, T?> read, string words)
        where T : class => new ScalarShape<T>(
            (node, path, diagnostics) =>
            {
                if (YamlValue.Text(node, path, diagnostics) is not { } text || node is not YamlScalar scalar)
                {
                    return null;
                }

                if (read(text.Value) is { } value)
                {
                    return new(value, text.Span);
                }

                diagnostics.Add(BindingDiagnostics.NotUnderstood(words, scalar, path));
                return null;
            },
            () => new() { ["type"] = new JsonArray("string", "integer") });

    public static Shape<ValueList<Located<T>>> ListOf<T>(Shape<T> item) => new ListShape<T>(item);

    public static MapShape<T> MapOf<T>(NameRule key, Shape<T> value) => new(key, value);

    /// <remarks>The runtime reads 192.168.1.5/24 as 192.168.1.0/24; whoever writes it may have meant one machine.</remarks>
    private static bool HasNoHostBits(string text, Cidr? cidr) =>
        IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out var address) && address.Equals(cidr?.Network.BaseAddress);

    private static bool TryParseAddress(string text, out IPAddress? address) =>
        // IPAddress also takes "1" and "10.1"; people who write those mean something else.
        IPAddress.TryParse(text, out address) && (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? !text.Contains('[', StringComparison.Ordinal) : text == address.ToString());

    private static bool IsHost(string text) =>
        TryParseAddress(text, out _) || NameRule.IsDnsName(text) && text.AsSpan().IndexOfAnyExcept("0123456789.") >= 0;

    private static bool IsInside(string path) =>
        path.Length is > 0 and <= 1024 && !path.StartsWith('/') && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl) && !path.Split('/').Contains("..");

    private static string Normalised(string path)
    {
        var parts = path.Split('/').Where(part => part is not ("" or "."));
        return (path.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }

    private static bool IsVpnKey(string text)
    {
        Span<byte> bytes = stackalloc byte[33];
        return text.Length == 44 && Convert.TryFromBase64String(text, bytes, out var count) && count == 32;
    }
}
