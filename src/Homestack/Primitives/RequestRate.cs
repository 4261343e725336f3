using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homestack.Primitives;

/// <summary>How many requests in how long, such as <c>1200/10s</c>; all of them may come at once. <c>none</c>: as many as anybody likes.</summary>
/// <param name="Requests">1 to 1,000,000; 0 for no limit.</param>
/// <param name="Period">A second to a day.</param>
[JsonConverter(typeof(RequestRateJsonConverter))]
public sealed record RequestRate(int Requests, TimeSpan Period)
{
    private const string NoneWord = "none";
    private const int Most = 1_000_000;

    public static readonly RequestRate None = new(0, TimeSpan.FromSeconds(1));

    /// <summary>Null when it is neither <c>N/duration</c> nor <c>none</c>, or out of range.</summary>
    public static RequestRate? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return text == NoneWord ? None
            : slash > 0 && int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var requests) && requests is >= 1 and <= Most
                && Duration.TryParse(text[(slash + 1)..], out var period) && period >= TimeSpan.FromSeconds(1) && period <= TimeSpan.FromDays(1) ? new(requests, period) : null;
    }

    public override string ToString() => Requests == 0 ? NoneWord : string.Create(CultureInfo.InvariantCulture, $"{Requests}/{Duration.Write(Period)}");

    internal sealed class RequestRateJsonConverter : JsonConverter<RequestRate>
    {
        public override RequestRate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? "") ?? throw new JsonException("Not a rate of requests.");

        public override void Write(Utf8JsonWriter writer, RequestRate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
