using System.Text.Json.Serialization;
using Homestack.Collections;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>How a container sits on one network.</summary>
/// <remarks><para>Source: Docker Engine API, <c>EndpointSettings</c>.</para></remarks>
public sealed record EndpointSettings
{
    /// <summary>The addresses that were asked for; null when none were.</summary>
    [JsonPropertyName("IPAMConfig")]
    public EndpointAddresses? Addresses { get; init; }

    public ValueList<string>? Aliases { get; init; }

    public ValueMap<string>? DriverOpts { get; init; }

    public string? MacAddress { get; init; }

    /// <summary>Only in answers.</summary>
    [JsonPropertyName("NetworkID")]
    public string? NetworkId { get; init; }

    /// <summary>Only in answers: the address it has, empty while it does not run.</summary>
    [JsonPropertyName("IPAddress")]
    public string? IpAddress { get; init; }
}

/// <summary>Fixed addresses on a network.</summary>
public sealed record EndpointAddresses
{
    [JsonPropertyName("IPv4Address")]
    public string? Ipv4Address { get; init; }

    [JsonPropertyName("IPv6Address")]
    public string? Ipv6Address { get; init; }

    [JsonPropertyName("LinkLocalIPs")]
    public ValueList<string>? LinkLocalAddresses { get; init; }
}
