using System.Text.Json.Serialization;
using Homestack.Collections;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>What answers at an endpoint.</summary>
/// <param name="ApiVersion">The version that both sides speak, such as <c>1.41</c>.</param>
/// <param name="Version">The engine's own version, such as <c>20.10.24+dfsg1</c>.</param>
public sealed record EngineVersion(string ApiVersion, string Version);

/// <summary>The answer of <c>GET /version</c>.</summary>
public sealed record VersionAnswer(string? Version, string? ApiVersion);

/// <summary>How the engine says no.</summary>
public sealed record ErrorAnswer
{
    [JsonPropertyName("message")]
    public string? Message { get; init; }
}

/// <summary>The answer to whatever was created.</summary>
public sealed record CreatedAnswer
{
    public string Id { get; init; } = "";

    public ValueList<string>? Warnings { get; init; }
}

/// <summary>The answer of <c>POST /containers/{id}/wait</c>.</summary>
public sealed record WaitAnswer(int StatusCode);

/// <summary>Something that happened: one line of <c>GET /events</c>.</summary>
public sealed record EngineEvent
{
    /// <summary><c>container</c>, <c>network</c>, <c>volume</c>, <c>image</c>, …</summary>
    public string Type { get; init; } = "";

    /// <summary>Such as <c>start</c>, <c>die</c>, <c>health_status: healthy</c>.</summary>
    public string Action { get; init; } = "";

    public EventActor? Actor { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    [JsonPropertyName("timeNano")]
    public long TimeNano { get; init; }
}

/// <summary>What it happened to.</summary>
public sealed record EventActor
{
    [JsonPropertyName("ID")]
    public string Id { get; init; } = "";

    /// <summary>Labels and facts such as <c>name</c> and <c>exitCode</c>.</summary>
    public ValueMap<string>? Attributes { get; init; }
}

/// <summary>One line of the stream that a pull or a build gives.</summary>
public sealed record StreamMessage
{
    [JsonPropertyName("stream")]
    public string? Stream { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>The layer it is about.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("progressDetail")]
    public StreamProgress? ProgressDetail { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }
}

/// <summary>Bytes of a layer.</summary>
public sealed record StreamProgress
{
    [JsonPropertyName("current")]
    public long? Current { get; init; }

    [JsonPropertyName("total")]
    public long? Total { get; init; }
}
