using System.Text.Json;

namespace Homestack.Fronts;

/// <summary>Snapshots as bytes: the same snapshot always gives the same bytes, so that digests can be compared.</summary>
public static class Snapshots
{
    public static byte[] Write(IngressSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, FrontsJsonContext.Default.IngressSnapshot);

    public static byte[] Write(CertificatesSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, FrontsJsonContext.Default.CertificatesSnapshot);

    public static byte[] Write(AddressesSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, FrontsJsonContext.Default.AddressesSnapshot);

    public static byte[] Write(NamesSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, FrontsJsonContext.Default.NamesSnapshot);

    public static byte[] Write(BlocklistsSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, FrontsJsonContext.Default.BlocklistsSnapshot);

    public static string DigestOf(IngressSnapshot snapshot) => FrontClient.DigestOf(Write(snapshot));

    public static string DigestOf(NamesSnapshot snapshot) => FrontClient.DigestOf(Write(snapshot));

    /// <summary>What was given before; an empty one when there is none or it is of another version of ours: it is only for people.</summary>
    public static IngressSnapshot ReadIngress(byte[] content) => Read(content, bytes => JsonSerializer.Deserialize(bytes, FrontsJsonContext.Default.IngressSnapshot)) ?? new();

    /// <inheritdoc cref="ReadIngress"/>
    public static NamesSnapshot ReadNames(byte[] content) => Read(content, bytes => JsonSerializer.Deserialize(bytes, FrontsJsonContext.Default.NamesSnapshot)) ?? new();

    private static T? Read<T>(byte[] content, Func<byte[], T?> read)
        where T : class
    {
        try
        {
            return content.Length == 0 ? null : read(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
