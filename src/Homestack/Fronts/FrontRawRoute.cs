using System.Text.Json.Serialization;
using Homestack.Collections;

namespace Homestack.Fronts;

/// <summary>A port at which bytes or datagrams are handed to a service as they are.</summary>
public sealed record FrontRawRoute
{
    /// <summary>Service, as <c>stack/name</c>, whose containers answer.</summary>
    public required string Service { get; init; }

    /// <summary>Datagrams (UDP) instead of streams (TCP).</summary>
    public bool IsUdp { get; init; }

    /// <summary>Addresses and ports, such as <c>0.0.0.0:25565</c>.</summary>
    public ValueList<string> Listen { get; init; } = [];

    /// <summary>Port in the containers.</summary>
    public int Port { get; init; }

    /// <summary>Zones from which it may be reached, sorted.</summary>
    public ValueList<string> Zones { get; init; } = [];

    /// <summary>Its containers may be stopped while nobody visits, and are started for who comes.</summary>
    public bool Sleeps { get; init; }

    /// <summary>Name that leads to it. For people.</summary>
    public string Host { get; init; } = "";

    /// <summary>Such as <c>udp games.home.arpa:2456</c>.</summary>
    [JsonIgnore]
    public string Where => $"{(IsUdp ? "udp" : "tcp")} {Host}{(Listen.Count == 0 ? "" : Listen[0][Listen[0].LastIndexOf(':')..])}";
}
