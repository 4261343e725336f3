using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Compose;

/// <summary>A network of the stack as written.</summary>
public sealed record NetworkSpec
{
    /// <summary>Its key in the file.</summary>
    public required Located<string> Key { get; init; }

    /// <summary>The engine's name for it, when said.</summary>
    public Located<string>? Name { get; init; }

    public bool IsExternal { get; init; }

    public string? Driver { get; init; }

    public ValueMap<Located<string>> DriverOptions { get; init; } = ValueMap<Located<string>>.Empty;

    public bool IsInternal { get; init; }

    public bool IsAttachable { get; init; }

    public bool HasIpv6 { get; init; }

    public ValueMap<Located<string>> Labels { get; init; } = ValueMap<Located<string>>.Empty;

    public string IpamDriver { get; init; } = "";

    public ValueMap<Located<string>> IpamOptions { get; init; } = ValueMap<Located<string>>.Empty;

    public ValueList<AddressPoolSpec> Pools { get; init; } = [];
}

/// <summary>One entry of <c>ipam.config</c>.</summary>
public sealed record AddressPoolSpec
{
    public Located<string>? Subnet { get; init; }

    public Located<string>? IpRange { get; init; }

    public Located<string>? Gateway { get; init; }

    public ValueMap<Located<string>> AuxiliaryAddresses { get; init; } = ValueMap<Located<string>>.Empty;
}

/// <summary>How a service sits on one network, as written.</summary>
public sealed record AttachmentSpec
{
    /// <summary>Key of the network.</summary>
    public required Located<string> Network { get; init; }

    public ValueList<string> Aliases { get; init; } = [];

    public Located<string>? Ipv4Address { get; init; }

    public Located<string>? Ipv6Address { get; init; }

    public ValueList<string> LinkLocalAddresses { get; init; } = [];

    public string? MacAddress { get; init; }

    public ValueMap<Located<string>> DriverOptions { get; init; } = ValueMap<Located<string>>.Empty;

    /// <summary>Higher is attached first.</summary>
    public int Priority { get; init; }
}
