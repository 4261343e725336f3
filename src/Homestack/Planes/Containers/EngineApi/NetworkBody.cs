using System.Text.Json.Serialization;
using Homestack.Collections;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>What a network is made from: <c>POST /networks/create</c>.</summary>
public sealed record NetworkBody
{
    public required string Name { get; init; }

    public string? Driver { get; init; }

    public bool? CheckDuplicate { get; init; }

    public bool? Internal { get; init; }

    public bool? Attachable { get; init; }

    [JsonPropertyName("EnableIPv6")]
    public bool? EnableIpv6 { get; init; }

    [JsonPropertyName("IPAM")]
    public IpamBody? Ipam { get; init; }

    public ValueMap<string>? Options { get; init; }

    public ValueMap<string>? Labels { get; init; }
}

/// <summary>Who hands out a network's addresses, and which.</summary>
public sealed record IpamBody(string? Driver, ValueMap<string>? Options, ValueList<IpamPool>? Config);

/// <summary>A range of addresses.</summary>
public sealed record IpamPool
{
    public string? Subnet { get; init; }

    [JsonPropertyName("IPRange")]
    public string? IpRange { get; init; }

    public string? Gateway { get; init; }

    public ValueMap<string>? AuxiliaryAddresses { get; init; }
}

/// <summary>A network as it is: <c>GET /networks/{id}</c>.</summary>
public sealed record NetworkInspection
{
    public required string Name { get; init; }

    public required string Id { get; init; }

    public string Driver { get; init; } = "";

    public bool Internal { get; init; }

    public bool Attachable { get; init; }

    [JsonPropertyName("EnableIPv6")]
    public bool EnableIpv6 { get; init; }

    [JsonPropertyName("IPAM")]
    public IpamBody? Ipam { get; init; }

    public ValueMap<string>? Options { get; init; }

    public ValueMap<string>? Labels { get; init; }

    /// <summary>Running containers on it, by id. Absent in lists.</summary>
    public ValueMap<NetworkMember>? Containers { get; init; }
}

/// <summary>A container on a network.</summary>
public sealed record NetworkMember
{
    public string Name { get; init; } = "";
}
