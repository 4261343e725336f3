using Homestack.Collections;

namespace Homestack.Blueprints;

/// <summary>A network that services share.</summary>
public sealed record Network
{
    public required string Stack { get; init; }

    /// <summary>The key in the stack's file; <c>default</c> for the one every stack has.</summary>
    public required string Key { get; init; }

    public string Host { get; init; } = Blueprints.Host.Local;

    /// <summary>The engine's name for it.</summary>
    public required string EngineName { get; init; }

    /// <summary>Somebody else's: it must be there, and is never changed.</summary>
    public bool IsExternal { get; init; }

    public string Driver { get; init; } = "";

    public ValueMap<string> DriverOptions { get; init; } = ValueMap<string>.Empty;

    public bool IsInternal { get; init; }

    public bool IsAttachable { get; init; }

    public bool HasIpv6 { get; init; }

    public ValueMap<string> Labels { get; init; } = ValueMap<string>.Empty;

    public string IpamDriver { get; init; } = "";

    public ValueMap<string> IpamOptions { get; init; } = ValueMap<string>.Empty;

    public ValueList<AddressPool> Pools { get; init; } = [];

    public string Place { get; init; } = "";
}

/// <summary>A range that a network hands addresses out of. Source: Compose Specification, <c>ipam.config</c>.</summary>
public sealed record AddressPool(string Subnet, string IpRange, string Gateway, ValueMap<string> AuxiliaryAddresses);

/// <summary>A named volume. It is created when missing and never deleted by a plan.</summary>
public sealed record Volume
{
    public required string Stack { get; init; }

    public required string Key { get; init; }

    public string Host { get; init; } = Blueprints.Host.Local;

    public required string EngineName { get; init; }

    /// <summary>Somebody else's: it must be there, and is never changed.</summary>
    public bool IsExternal { get; init; }

    public string Driver { get; init; } = "";

    public ValueMap<string> DriverOptions { get; init; } = ValueMap<string>.Empty;

    public ValueMap<string> Labels { get; init; } = ValueMap<string>.Empty;

    public string Place { get; init; } = "";
}
