using Homestack.Collections;

namespace Homestack.Blueprints;

/// <summary>Ports of the front; null: the usual one, 443, 80 and 53 for root, else 8443, 8080 and 5353.</summary>
public sealed record ListenPorts(int? Https = null, int? Http = null, int? Dns = null);

/// <summary>Something the home answers for without a container. Exactly one of folder, proxy and redirect is set.</summary>
public sealed record Site
{
    /// <summary>Absolute; files to serve.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Another web server to pass requests to, <c>http://</c> or <c>https://</c>.</summary>
    public string Proxy { get; init; } = "";

    /// <summary>Where to send visitors.</summary>
    public string Redirect { get; init; } = "";

    /// <summary>Zones that may reach it, sorted.</summary>
    public ValueList<string> Zones { get; init; } = [];

    public SignIn SignIn { get; init; }

    /// <summary>How requests are treated on their way; null: as usual.</summary>
    public RouteSettings? Route { get; init; }

    /// <summary>The file it was written in. For people.</summary>
    public string Place { get; init; } = "";
}

/// <summary>What the name server does besides answering for the home's own services.</summary>
public sealed record NameSettings
{
    /// <summary>Resolvers to ask for the rest, in order. Empty: the rest is refused.</summary>
    public ValueList<string> Upstreams { get; init; } = [];

    /// <summary>Absolute names, lower case, without a dot at the end → addresses, or one other name.</summary>
    public ValueMap<ValueList<string>> Records { get; init; } = ValueMap<ValueList<string>>.Empty;

    /// <summary>Domains that somebody else answers for → the resolver to ask.</summary>
    public ValueMap<string> Forward { get; init; } = ValueMap<string>.Empty;

    /// <summary>Names in the public DNS; null when nobody keeps them there.</summary>
    public PublicNames? Public { get; init; }

    /// <summary>Names that are never blocked.</summary>
    public ValueList<string> Allow { get; init; } = [];

    /// <summary>Zones whose clients may ask over TLS and HTTPS, sorted.</summary>
    public ValueList<string> Encrypted { get; init; } = [];

    /// <summary>What is kept of a question: <c>off</c>, <c>anonymous</c> or <c>full</c>.</summary>
    public string Log { get; init; } = "anonymous";

    /// <summary>Lists of names that are not answered.</summary>
    public ValueList<Blocklist> Blocklists { get; init; } = [];
}

/// <summary>A list of names that are not answered.</summary>
/// <param name="Source">An absolute path or an https address.</param>
/// <param name="Zones">Zones whose clients it is for, sorted.</param>
/// <param name="Clients">Addresses it is for, sorted. With no zone and no address it is for everybody.</param>
public sealed record Blocklist(string Source, ValueList<string> Zones, ValueList<string> Clients);
