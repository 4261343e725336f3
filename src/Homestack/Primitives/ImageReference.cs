using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homestack.Primitives;

/// <summary>The name of an image as people write it, such as <c>ghcr.io/immich-app/immich-server:v2</c>.</summary>
/// <remarks>
/// Kept as written for people; <see cref="Canonical"/> is the full form that engines compare.
/// <para>Source: distribution/reference: familiar names gain <c>docker.io/</c> and <c>library/</c>, a missing tag is <c>latest</c>.</para>
/// </remarks>
[JsonConverter(typeof(ImageReferenceJsonConverter))]
public sealed record ImageReference(string Repository, string? Tag, string? Digest)
{
    private const int LongestReference = 512;

    /// <summary>With registry, tag and digest all written out.</summary>
    public string Canonical => $"{FullRepository}{(Tag is null && Digest is null ? ":latest" : Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    private string FullRepository
    {
        get
        {
            var slash = Repository.IndexOf('/', StringComparison.Ordinal);
            var first = slash < 0 ? "" : Repository[..slash];
            var hasRegistry = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
            return hasRegistry ? Repository : slash < 0 ? "docker.io/library/" + Repository : "docker.io/" + Repository;
        }
    }

    public override string ToString() => $"{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    public static bool TryParse(string text, out ImageReference? reference)
    {
        reference = null;
        if (text.Length is 0 or > LongestReference)
        {
            return false;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : text[(at + 1)..];
        var rest = at < 0 ? text : text[..at];
        var colon = rest.LastIndexOf(':');
        var tag = colon > rest.LastIndexOf('/') ? rest[(colon + 1)..] : null;
        var repository = tag is null ? rest : rest[..colon];
        if (!IsRepository(repository) || (tag is not null && !IsTag(tag)) || (digest is not null && !IsDigest(digest)))
        {
            return false;
        }

        reference = new(repository, tag, digest);
        return true;
    }

    private static bool IsRepository(string text)
    {
        var parts = text.Split('/');
        var isFirstRegistry = parts.Length > 1 && (parts[0].AsSpan().ContainsAny('.', ':') || parts[0] == "localhost");
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            var isRegistry = i == 0 && isFirstRegistry;
            if (part.Length == 0 || !char.IsAsciiLetterOrDigit(part[0]) || !char.IsAsciiLetterOrDigit(part[^1])
                || !part.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-' || (!isRegistry && letter == '_')
                    || (isRegistry && (letter == ':' || char.IsAsciiLetterUpper(letter)))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTag(string text) =>
        text.Length is >= 1 and <= 128 && text[0] is not ('.' or '-') && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-');

    private static bool IsDigest(string text) =>
        text.StartsWith("sha256:", StringComparison.Ordinal) && text.Length == 71 && text.AsSpan(7).IndexOfAnyExcept("0123456789abcdef") < 0;

    internal sealed class ImageReferenceJsonConverter : JsonConverter<ImageReference>
    {
        public override ImageReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString() ?? "", out var reference) && reference is not null ? reference : throw new JsonException("Not an image reference.");

        public override void Write(Utf8JsonWriter writer, ImageReference value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
