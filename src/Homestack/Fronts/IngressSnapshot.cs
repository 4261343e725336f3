using System.Text.Json.Serialization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Fronts;

/// <summary>Everything that decides what a visitor gets over HTTP. The front serves one at a time and swaps it whole.</summary>
/// <remarks>Holds no secret and no address of a container: keys come in a <see cref="CertificatesSnapshot"/>, addresses in an <see cref="AddressesSnapshot"/>, so that this one can be
/// printed, kept in a plan, and compared by its digest.</remarks>
public sealed record IngressSnapshot
{
    public const string Slot = "ingress";

    /// <summary>The home's name, for the pages that the front writes itself.</summary>
    public string Home { get; init; } = "";

    /// <summary>The home's domain, lower case, without a dot at the end.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Addresses and ports for HTTPS, such as <c>0.0.0.0:443</c> or <c>[::]:443</c>.</summary>
    public ValueList<string> Https { get; init; } = [];

    /// <summary>Addresses and ports for plain HTTP, which only redirects and answers ACME.</summary>
    public ValueList<string> Http { get; init; } = [];

    /// <summary>Where visitors come from, by name. Who is in none is in <c>public</c>. The longest prefix wins.</summary>
    public ValueMap<ValueList<Cidr>> Zones { get; init; } = ValueMap<ValueList<Cidr>>.Empty;

    /// <summary>Sorted by name.</summary>
    public ValueList<FrontRoute> Routes { get; init; } = [];

    /// <summary>Ports that are handed on as they are, sorted by service; null: none.</summary>
    public ValueList<FrontRawRoute>? Raw { get; init; }

    /// <summary>Nobody is awaited anywhere.</summary>
    [JsonIgnore]
    public bool IsEmpty => Https.Count == 0 && Raw is not { Count: > 0 };

    /// <summary>Where people find a route, such as <c>https://photos.home.arpa:8443</c>; the usual port is left out.</summary>
    public ValueList<string> UrlsOf(string name) => Routes.Where(route => route.Name == name).SelectMany(UrlsOf).ToValueList();

    /// <inheritdoc cref="UrlsOf(string)"/>
    public IEnumerable<string> UrlsOf(FrontRoute route)
    {
        var port = Https.Count == 0 ? "" : Https[0][Https[0].LastIndexOf(':')..];
        return route.Hosts.Select(host => $"https://{host}{(port == ":443" ? "" : port)}{route.Path}");
    }
}

/// <summary>One thing that answers at a name. Exactly one of service, folder, proxy, redirect and name server is set.</summary>
public sealed record FrontRoute
{
    /// <summary>For people and for logs, such as <c>media/jellyfin</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Host names it answers at, lower case, without a dot at the end, sorted.</summary>
    public ValueList<string> Hosts { get; init; } = [];

    /// <summary>Zones from which it exists, sorted. From any other it does not: the answer is that of an unknown name.</summary>
    public ValueList<string> Zones { get; init; } = [];

    /// <summary>Service, as <c>stack/name</c>, whose containers answer; empty when none does.</summary>
    public string Service { get; init; } = "";

    /// <summary>Port in those containers.</summary>
    public int Port { get; init; }

    /// <summary>Absolute folder with files to serve.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Another web server, <c>http://</c> or <c>https://</c>.</summary>
    public string Proxy { get; init; } = "";

    /// <summary>Where to send visitors.</summary>
    public string Redirect { get; init; } = "";

    /// <summary>Path below which it answers, such as <c>/books</c>; empty: everything that nothing else at its hosts takes.</summary>
    public string Path { get; init; } = "";

    /// <summary>The application does not see that path.</summary>
    public bool Strips { get; init; }

    /// <summary>Path, or path with <c>/*</c> at its end → path or URL, perhaps with <c>/*</c> at its end; null: none.</summary>
    public ValueMap<string>? Redirects { get; init; }

    /// <summary>Visitors get a page that says that it is being worked on.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary>HTTP/2 without TLS is spoken behind the name; else HTTP/1.1.</summary>
    public bool SpeaksHttp2 { get; init; }

    /// <summary>Its containers may be stopped while nobody visits, and are started for who comes.</summary>
    public bool Sleeps { get; init; }

    /// <summary>What is too much; null: the usual limits.</summary>
    public RouteLimits? Limits { get; init; }

    /// <summary>The name server answers, at <c>/dns-query</c> (RFC 8484).</summary>
    public bool IsNameServer { get; init; }
}
