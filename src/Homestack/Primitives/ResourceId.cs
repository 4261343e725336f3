using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homestack.Primitives;

/// <summary>The name of one thing in the world that a plane looks after. Printed the same way everywhere.</summary>
/// <param name="Plane">The plane's name, lower case, such as <c>containers</c>.</param>
/// <param name="Kind">What it is within the plane, such as <c>service</c>, <c>network</c>, <c>volume</c>, <c>image</c>.</param>
/// <param name="Name">Its name there; for what belongs to a stack, <c>stack/name</c>.</param>
[JsonConverter(typeof(ResourceIdJsonConverter))]
public readonly record struct ResourceId(string Plane, string Kind, string Name) : IComparable<ResourceId>
{
    public int CompareTo(ResourceId other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => $"{Plane}/{Kind}:{Name}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out ResourceId id)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var colon = slash < 0 ? -1 : text.IndexOf(':', slash);
        id = colon > slash + 1 && slash > 0 && colon < text.Length - 1 ? new(text[..slash], text[(slash + 1)..colon], text[(colon + 1)..]) : default;
        return id.Name is not null;
    }

    internal sealed class ResourceIdJsonConverter : JsonConverter<ResourceId>
    {
        public override ResourceId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString() ?? "", out var id) ? id : throw new JsonException("Not the name of a resource.");

        public override void Write(Utf8JsonWriter writer, ResourceId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
