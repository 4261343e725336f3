using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Blueprints;

/// <summary>The whole home: resolved, complete, immutable, equal by content. No default is left to fill in, no name is left to look up.</summary>
/// <remarks>The order of keys in the files changes nothing: every list here is sorted, except where order means something (commands, DNS servers, search paths).</remarks>
public sealed record Blueprint
{
    /// <summary>The home's name: a-z, 0-9 and "-", 1 to 32. First part of every engine object's name.</summary>
    public required string Home { get; init; }

    /// <summary>A service answers at <c>name.domain</c>. Default <c>home.arpa</c> (RFC 8375).</summary>
    public string Domain { get; init; } = "home.arpa";

    /// <summary>What the engine does about drift. Default <see cref="ReconcilePolicy.Report"/>.</summary>
    public ReconcilePolicy Reconcile { get; init; }

    /// <summary>Machines with a container engine, by name. There is always one that is this machine: the manifest's, or else <c>local</c>.</summary>
    public ValueMap<Host> Hosts { get; init; } = ValueMap<Host>.Empty;

    /// <summary>By <c>stack/name</c>.</summary>
    public ValueMap<Service> Services { get; init; } = ValueMap<Service>.Empty;

    /// <summary>Networks that services use, by <c>stack/key</c>.</summary>
    public ValueMap<Network> Networks { get; init; } = ValueMap<Network>.Empty;

    /// <summary>Named volumes that services use, by <c>stack/key</c>.</summary>
    public ValueMap<Volume> Volumes { get; init; } = ValueMap<Volume>.Empty;

    /// <summary>Where a visitor comes from, each a list of blocks. Everywhere else is <c>public</c>.</summary>
    public ValueMap<ValueList<Cidr>> Zones { get; init; } = ValueMap<ValueList<Cidr>>.Empty;

    public ListenPorts Listen { get; init; } = new();

    /// <summary>By name; a site answers at <c>name.domain</c> as a service does.</summary>
    public ValueMap<Site> Sites { get; init; } = ValueMap<Site>.Empty;

    /// <summary>What the manifest says under <c>dns</c>; null: nothing.</summary>
    public NameSettings? Names { get; init; }

    /// <summary>Whom to ask for public certificates; null: the home vouches for itself.</summary>
    public CertificateSettings? Certificates { get; init; }

    /// <summary>Sections whose plane is not built yet, such as <c>vpn</c>, with a sentence each: loaded, checked, and shown in the plan as not yet managed.</summary>
    public ValueMap<string> NotYetManaged { get; init; } = ValueMap<string>.Empty;
}

/// <summary>What happens when the world differs from the last generation.</summary>
public enum ReconcilePolicy
{
    /// <summary>Say so, change nothing.</summary>
    Report,

    /// <summary>Bring it back.</summary>
    Repair,
}

/// <summary>A machine with a container engine.</summary>
public sealed record Host
{
    /// <summary>Where its engine listens: <c>unix:///var/run/docker.sock</c>, <c>ssh://user@host[:port]</c> or <c>tcp://host:port</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Its address as written; empty for <c>local</c> when none was.</summary>
    public string Address { get; init; } = "";

    /// <summary>Folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> for <c>tcp://</c>; empty otherwise.</summary>
    public string TlsFolder { get; init; } = "";

    /// <summary>Name of the host that is this machine when the manifest names none.</summary>
    public const string Local = "local";
}
