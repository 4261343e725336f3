using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Primitives;

namespace Homestack.Front.Snapshots;

/// <summary>Reads snapshots strictly: no unknown key, no key twice, no null, no deep nesting.</summary>
internal static class SnapshotJson
{
    private const int Deepest = 16;

    private static readonly FrontsJsonContext Strict = new(new(FrontsJsonContext.Default.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = Deepest,
    });

    public static JsonTypeInfo<IngressSnapshot> Ingress => Strict.IngressSnapshot;

    public static JsonTypeInfo<CertificatesSnapshot> Certificates => Strict.CertificatesSnapshot;

    public static JsonTypeInfo<AddressesSnapshot> Addresses => Strict.AddressesSnapshot;

    public static JsonTypeInfo<NamesSnapshot> Names => Strict.NamesSnapshot;

    public static JsonTypeInfo<BlocklistsSnapshot> Blocklists => Strict.BlocklistsSnapshot;

    /// <exception cref="SnapshotException">It is not what it should be.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, type) ?? throw new SnapshotException("The snapshot is null.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            // Words of the parser may quote what it read, which may be a key: only the place is told.
            throw new SnapshotException(exception is JsonException { Path: { Length: > 0 } path } ? $"The snapshot cannot be read at {path}." : "The snapshot cannot be read.");
        }
    }

    /// <summary>With what was left out in its place: generated readers give null for it.</summary>
    public static IngressSnapshot Whole(IngressSnapshot snapshot) => snapshot with
    {
        Home = snapshot.Home ?? "",
        Domain = snapshot.Domain ?? "",
        Https = snapshot.Https ?? [],
        Http = snapshot.Http ?? [],
        Zones = snapshot.Zones ?? ValueMap<ValueList<Cidr>>.Empty,
        Raw = snapshot.Raw is { } raw ? [.. raw.Select(route => route with { Listen = route.Listen ?? [], Zones = route.Zones ?? [], Host = route.Host ?? "" })] : null,
        Routes = [.. (snapshot.Routes ?? []).Select(Whole)],
    };

    private static FrontRoute Whole(FrontRoute route) => route with
    {
        Hosts = route.Hosts ?? [],
        Zones = route.Zones ?? [],
        Service = route.Service ?? "",
        Folder = route.Folder ?? "",
        Proxy = route.Proxy ?? "",
        Redirect = route.Redirect ?? "",
        Path = route.Path ?? "",
    };
}
