using System.Text.Json.Serialization;

namespace Homestack.Homes;

/// <summary>What is known of the copy of a blocklist.</summary>
public sealed record BlocklistCopy
{
    /// <summary>Of its bytes; empty: there is no copy yet.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Of the file that it was read from.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>What the server called it.</summary>
    public string Tag { get; init; } = "";

    public string Modified { get; init; } = "";

    /// <summary>When it is fetched again.</summary>
    public DateTimeOffset Next { get; init; }

    /// <summary>How often it could not be fetched, one after the other.</summary>
    public int Failures { get; init; }

    /// <summary>Why it could not be read the last time; empty when it could.</summary>
    public string Problem { get; init; } = "";
}

/// <summary>The index of copies as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, BlocklistCopy>))]
internal sealed partial class BlocklistJson : JsonSerializerContext;
