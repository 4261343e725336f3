using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homestack.Primitives;

/// <summary>A block of addresses, such as <c>192.168.1.0/24</c>. The host bits are zero.</summary>
/// <remarks><para>Source: RFC 4632 §3.1; RFC 4291 §2.3.</para></remarks>
[JsonConverter(typeof(CidrJsonConverter))]
public sealed record Cidr(IPNetwork Network)
{
    public static bool TryParse(string text, out Cidr? cidr)
    {
        cidr = text.Contains('/', StringComparison.Ordinal) && IPNetwork.TryParse(text, out var network) ? new(network) : null;
        return cidr is not null;
    }

    public bool Overlaps(Cidr other) =>
        Network.PrefixLength <= other.Network.PrefixLength ? Network.Contains(other.Network.BaseAddress) : other.Network.Contains(Network.BaseAddress);

    public override string ToString() => Network.ToString();

    internal sealed class CidrJsonConverter : JsonConverter<Cidr>
    {
        public override Cidr Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString() ?? "", out var cidr) && cidr is not null ? cidr : throw new JsonException("Not an address block.");

        public override void Write(Utf8JsonWriter writer, Cidr value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
