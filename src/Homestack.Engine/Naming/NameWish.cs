using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Homestack.Collections;

namespace Homestack.Engine.Naming;

/// <summary>A name that somebody wants for an address, or for a port at it.</summary>
/// <param name="Name">Label, or labels with dots for a record.</param>
/// <param name="Address">An IP address, or the name of another machine.</param>
/// <param name="Port">Null for a record alone.</param>
/// <param name="Scheme">How the port is spoken to: <c>http</c> or <c>https</c>.</param>
/// <param name="Expose">From which zones; empty: what is usual.</param>
internal sealed partial record NameWish(string Name, string Address, int? Port, string Scheme, ValueList<string> Expose)
{
    private static readonly string[] Known = ["name", "address", "port", "scheme", "expose"];

    /// <exception cref="InvalidDataException">It is no wish.</exception>
    public static NameWish Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !Known.Contains(name)) is { } odd)
            {
                throw new InvalidDataException($"\"{odd}\" means nothing here. Known: {string.Join(", ", Known)}.");
            }

            var port = root.TryGetProperty("port", out var written) ? written.GetInt32() : (int?)null;
            var scheme = root.TryGetProperty("scheme", out var said) ? said.GetString() : "http";
            var expose = root.TryGetProperty("expose", out var zones) ? zones.EnumerateArray().Select(zone => Checked(zone.GetString(), "zone")).ToValueList() : [];
            return port is < 1 or > 65535 ? throw new InvalidDataException("\"port\" must be 1 to 65535.")
                : scheme is not ("http" or "https") ? throw new InvalidDataException("\"scheme\" must be http or https.")
                : new(Checked(root.GetProperty("name").GetString(), "name"), AddressOf(root.GetProperty("address").GetString()), port, scheme, expose);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("Write an object such as { \"name\": \"nas\", \"address\": \"192.168.1.20\", \"port\": 5000, \"expose\": [\"lan\"] }.", exception);
        }
    }

    /// <exception cref="InvalidDataException">It cannot be a name.</exception>
    public static string Checked(string? text, string what) =>
        text is { Length: > 0 and <= 253 } && Labels().IsMatch(text) ? text : throw new InvalidDataException($"A {what} has 1 to 63 of a-z, 0-9 and \"-\" between its dots, and begins and ends with a letter or digit.");

    private static string AddressOf(string? text) => IPAddress.TryParse(text, out var address) ? address.ToString() : Checked(text, "machine's name");

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\\z")]
    private static partial Regex Labels();
}
