using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Editing;
using Microsoft.AspNetCore.Http;

namespace Homestack.Engine.Naming;

/// <summary>Where a name stands in the manifest: with a port under <c>sites</c>, without one under <c>dns.records</c>.</summary>
internal static class ManifestNames
{
    private const string UsualZone = "lan";

    /// <summary>The manifest with the name; null when it cannot be edited safely.</summary>
    /// <exception cref="NameRefusal">From which zones is not said, and there is no usual one.</exception>
    public static string? Give(SourceText text, NameWish wish, Blueprint blueprint)
    {
        var path = wish.Port is null ? Record(wish.Name) : Site(wish.Name);
        var other = wish.Port is null ? Site(wish.Name) : Record(wish.Name);
        var without = ManifestEditor.Remove(text, other) is { } rest ? new(text.Path, rest) : text;
        return ManifestEditor.Set(without, path, wish.Port is null ? Quoted(wish.Address) : Proxy(wish, blueprint));
    }

    /// <summary>The manifest without the name; null when it cannot be edited safely.</summary>
    public static string? Take(SourceText text, string name) => ManifestEditor.Remove(text, Site(name)) ?? ManifestEditor.Remove(text, Record(name));

    private static ValueList<string> Site(string name) => ["sites", name];

    private static ValueList<string> Record(string name) => ["dns", "records", name];

    private static string Proxy(NameWish wish, Blueprint blueprint)
    {
        var zones = wish.Expose.Count > 0 ? wish.Expose
            : blueprint.Zones.ContainsKey(UsualZone) ? [UsualZone]
            : throw new NameRefusal(StatusCodes.Status400BadRequest, "From where may it be reached? The home has no zone \"lan\" that would be usual.", $"Add \"expose\" with some of: {string.Join(", ", blueprint.Zones.Keys)}.");
        var host = IPAddress.TryParse(wish.Address, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : wish.Address;
        return string.Create(CultureInfo.InvariantCulture, $"{{ proxy: {Quoted($"{wish.Scheme}://{host}:{wish.Port}")}, expose: [{string.Join(", ", zones.Select(Quoted))}] }}");
    }

    /// <remarks>Only letters, digits and <c>.:-[]/</c> come here: nothing that quotes would have to escape.</remarks>
    private static string Quoted(string text) => $"\"{text}\"";
}
