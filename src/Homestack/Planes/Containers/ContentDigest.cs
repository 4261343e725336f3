using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Digests by which drift is found: SHA-256 over canonical JSON, in lower-case hexadecimal.</summary>
/// <remarks>A secret enters as the keyed digest of its value, so that a new value is a new digest and nobody can read the old one out of a label.</remarks>
public static class ContentDigest
{
    /// <summary>Of all that can only be changed by a new container. Image, name, networks and limits are compared by themselves and are not part of it.</summary>
    /// <param name="container">As it must be.</param>
    /// <param name="secretDigest">Keyed digest of a secret by its name; empty for one that is not set.</param>
    public static string Of(Container container, Func<string, string> secretDigest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, JsonSerializer.SerializeToUtf8Bytes(container.Body, EngineJson.Default.ContainerBody));
        Add(hash, container.Image.Platform);
        foreach (var (name, value) in container.Environment)
        {
            Add(hash, name);
            Add(hash, value.ToString());
        }

        foreach (var file in container.Files)
        {
            Add(hash, file.Target);
            Add(hash, file.Content.ToString());
            Add(hash, $"{file.Owner?.UserId}:{file.Owner?.GroupId}:{file.Owner?.Mode}");
        }

        foreach (var secret in Secrets(container))
        {
            Add(hash, secret);
            Add(hash, secretDigest(secret));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of a network, without name and our labels.</summary>
    public static string Of(NetworkBody body) => Of(JsonSerializer.SerializeToUtf8Bytes(body, EngineJson.Default.NetworkBody));

    /// <summary>Of a volume's driver and its options: what decides where the bytes are. Its labels may change without harm.</summary>
    public static string Of(VolumeBody body) => Of(JsonSerializer.SerializeToUtf8Bytes(body with { Labels = null }, EngineJson.Default.VolumeBody));

    /// <summary>Of a plain value, such as one of an environment.</summary>
    public static string Of(string value) => Of(Encoding.UTF8.GetBytes(value));

    /// <summary>Names of the secrets a container needs, sorted, each once.</summary>
    public static IEnumerable<string> Secrets(Container container) =>
        container.Environment.Values.SelectMany(value => value.Secrets).Concat(container.Files.SelectMany(file => file.Content.Secrets)).Distinct().Order(StringComparer.Ordinal);

    private static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Add(IncrementalHash hash, string text) => Add(hash, Encoding.UTF8.GetBytes(text));

    /// <remarks>Each piece begins with its length, so that no two different lists of pieces give the same bytes.</remarks>
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> piece)
    {
        hash.AppendData(BitConverter.GetBytes(piece.Length));
        hash.AppendData(piece);
    }
}
