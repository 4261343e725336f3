using System.Globalization;
using Homestack.Primitives;

namespace Homestack.EndToEnd.Compose;

/// <summary>One way of writing for values that have several.</summary>
internal static class Facts
{
    public static string? Bytes(string? text) => text is null ? null
        : ByteSize.TryParse(text, out var size) ? size.Bytes.ToString(CultureInfo.InvariantCulture) : text;

    public static string? Duration(string? text) => text is null ? null
        : Primitives.Duration.TryParse(text, out var duration) ? duration.ToString() : text;

    public static string Port(string address, string published, string target, string protocol) => $"{address} {(published == "0" ? "" : published)} → {target}/{protocol}";

    /// <summary>Reads the short form that 1.29 prints when an address was given.</summary>
    public static string Port(string written)
    {
        var slash = written.Split('/');
        var pieces = slash[0].Split(':');
        return Port(pieces.Length > 2 ? pieces[0] : "", pieces.Length > 1 ? pieces[^2] : "", pieces[^1], slash.Length > 1 ? slash[1] : "tcp");
    }

    public static string Mount(string kind, string source, string target, bool isReadOnly) => $"{kind} {source} → {target}{(isReadOnly ? " ro" : "")}";

    /// <summary>Reads the short form that 1.29 prints.</summary>
    public static string Mount(string written)
    {
        var pieces = written.Split(':');
        return pieces.Length == 1 ? Mount("volume", "", pieces[0], false)
            : Mount(pieces[0].StartsWith('/') ? "bind" : "volume", pieces[0], pieces[1], pieces.Length > 2 && pieces[2].Split(',').Contains("ro"));
    }

    /// <summary>1.29 prints the kind of a source before its name.</summary>
    public static string VolumesFrom(string written)
    {
        var plain = written.StartsWith("service:", StringComparison.Ordinal) ? written["service:".Length..] : written;
        return plain.EndsWith(":rw", StringComparison.Ordinal) ? plain[..^3] : plain;
    }

    public static string Device(string written)
    {
        var pieces = written.Split(':');
        return $"{pieces[0]}:{(pieces.Length > 1 ? pieces[1] : pieces[0])}:{(pieces.Length > 2 ? pieces[2] : "rwm")}";
    }
}
