using System.Collections.Frozen;
using System.Net;
using Homestack.Collections;
using Homestack.Front.Limits;
using Homestack.Front.Listening;
using Homestack.Front.Sleeping;
using Homestack.Front.Snapshots;
using Homestack.Fronts;

namespace Homestack.Front.Worlds;

/// <summary>Three snapshots → the world that answers, or words why there can be none.</summary>
internal static class WorldBuilder
{
    private const int MostRoutes = 4096, MostHosts = 64, LongestHost = 253, LongestPath = 256;

    /// <exception cref="SnapshotException">The snapshots do not make sense.</exception>
    public static World Build(IngressSnapshot ingress, CertificateTable certificates, AddressesSnapshot addresses, VisitBoard visits, TimeProvider clock)
    {
        SnapshotException.ThrowIf(ingress.Routes.Count > MostRoutes, $"There are more than {MostRoutes} routes.");
        var zones = new ZoneTable(ingress.Zones);
        var routes = new Dictionary<string, List<Route>>(StringComparer.OrdinalIgnoreCase);
        var sleeping = new List<SleepingPlace>();
        foreach (var described in ingress.Routes)
        {
            SnapshotException.ThrowIf(described.Path.Length > 0 && !IsPath(described.Path), $"The route \"{described.Name}\" has a path that is none: \"{described.Path}\".");
            SnapshotException.ThrowIf(described.Redirects?.Any(entry => !entry.Key.StartsWith('/') || !(entry.Value.StartsWith('/') || IsOrigin(entry.Value))) is true, $"The route \"{described.Name}\" has a redirect that leads nowhere.");
            var route = new Route(described.Name, zones.SetOf(described.Zones, described.Name), TargetOf(described, addresses, clock), RouteBounds.Of(described.Limits, clock, described.SpeaksHttp2))
            {
                Path = described.Path, Strips = described.Strips, IsInMaintenance = described.IsInMaintenance, SpeaksHttp2 = described.SpeaksHttp2,
                Sleeper = described is { Sleeps: true, Service.Length: > 0 } ? Sleeper(visits, described.Service, described.Port, isUdp: false, addresses, sleeping) : null,
                Redirects = described.Redirects is { Count: > 0 } redirects ? new(redirects) : null,
            };
            SnapshotException.ThrowIf(described.Hosts.Count > MostHosts, $"The route \"{described.Name}\" has more than {MostHosts} hosts.");
            foreach (var host in described.Hosts)
            {
                SnapshotException.ThrowIf(!IsHost(host), $"The route \"{described.Name}\" has a host that is no name: \"{host}\".");
                Add(routes, host, route);
            }
        }

        var authority = $"ca.{ingress.Domain}";
        if (certificates.Authority.Length > 0 && IsHost(authority) && !routes.ContainsKey(authority))
        {
            Add(routes, authority, new("the home's root certificate", ~ZoneTable.PublicBit, new RouteTarget.Authority(), RouteBounds.Of(null, clock)));
        }

        var hosts = routes.ToFrozenDictionary(entry => entry.Key, entry => new HostEntry(entry.Key, [.. entry.Value.OrderByDescending(route => route.Path.Length)], certificates.For(entry.Key)), StringComparer.OrdinalIgnoreCase);
        return new(zones, hosts, certificates.Authority, ingress.Home, ingress.Https.Count == 0 ? 0 : PortOf(ingress.Https[0])) { Raw = RawRoutes(ingress, zones, addresses, visits, sleeping), Sleeping = sleeping };
    }

    private static FrozenDictionary<ListenAddress, RawRoute> RawRoutes(IngressSnapshot ingress, ZoneTable zones, AddressesSnapshot addresses, VisitBoard visits, List<SleepingPlace> sleeping)
    {
        var routes = new Dictionary<ListenAddress, RawRoute>();
        foreach (var raw in ingress.Raw ?? [])
        {
            SnapshotException.ThrowIf(raw.Port is < 1 or > 65535, $"The raw route of \"{raw.Service}\" has no port between 1 and 65535.");
            var route = new RawRoute(raw.Service, zones.SetOf(raw.Zones, raw.Service), PlacesOf(raw.Service, raw.Port, addresses))
            {
                Sleeper = raw.Sleeps ? Sleeper(visits, raw.Service, raw.Port, raw.IsUdp, addresses, sleeping) : null,
            };
            foreach (var listen in raw.Listen)
            {
                SnapshotException.ThrowIf(!routes.TryAdd(ListenAddress.Of(listen, raw.IsUdp ? ListenerKind.Datagrams : ListenerKind.Streams), route), $"Two raw routes, one of them of \"{raw.Service}\", are at {listen}.");
            }
        }

        return routes.ToFrozenDictionary();
    }

    private static Sleeper Sleeper(VisitBoard visits, string service, int port, bool isUdp, AddressesSnapshot addresses, List<SleepingPlace> sleeping)
    {
        var sleeper = visits.Of(service, port, isUdp);
        sleeping.Add(new(sleeper, PlacesOf(service, port, addresses)));
        return sleeper;
    }

    private static IPEndPoint[] PlacesOf(string service, int port, AddressesSnapshot addresses) =>
        [.. (addresses.Services.TryGetValue(service, out var found) ? found : ValueList<string>.Empty).Select(address => AuthorityOf(address, port, service))];

    private static void Add(Dictionary<string, List<Route>> routes, string host, Route route)
    {
        if (!routes.TryGetValue(host, out var there))
        {
            routes.Add(host, there = []);
        }

        SnapshotException.ThrowIf(there.Any(other => (other.Zones & route.Zones) != 0 && other.Path == route.Path), $"Two routes, one of them \"{route.Name}\", answer at \"{host}{route.Path}\" in the same zone.");
        there.Add(route);
    }

    private static RouteTarget TargetOf(FrontRoute route, AddressesSnapshot addresses, TimeProvider clock)
    {
        var kinds = new[] { route.Service, route.Folder, route.Proxy, route.Redirect }.Count(kind => kind.Length > 0) + (route.IsNameServer ? 1 : 0);
        SnapshotException.ThrowIf(kinds != 1, $"The route \"{route.Name}\" must have one of service, folder, proxy, redirect and name server.");
        if (route.IsNameServer)
        {
            return new RouteTarget.Names();
        }

        if (route.Service.Length > 0)
        {
            SnapshotException.ThrowIf(route.Port is < 1 or > 65535, $"The route \"{route.Name}\" has no port between 1 and 65535.");
            var known = addresses.Services.TryGetValue(route.Service, out var found) ? found : ValueList<string>.Empty;
            return new RouteTarget.Containers(new(known.Select(address => $"http://{AuthorityOf(address, route.Port, route.Service)}"), clock), addresses.Unwell?.Contains(route.Service) is true);
        }

        if (route.Folder.Length > 0)
        {
            SnapshotException.ThrowIf(!Path.IsPathFullyQualified(route.Folder), $"The folder of the route \"{route.Name}\" is not absolute.");
            return new RouteTarget.Folder(route.Folder);
        }

        return route.Proxy.Length > 0
            ? new RouteTarget.Server(new([Origin(route.Proxy, route.Name)], clock))
            : new RouteTarget.Elsewhere(Origin(route.Redirect, route.Name));
    }

    private static IPEndPoint AuthorityOf(string address, int port, string service)
    {
        SnapshotException.ThrowIf(!IPAddress.TryParse(address, out var parsed), $"The service \"{service}\" has an address that is none: \"{address}\".");
        return new(parsed ?? IPAddress.None, port);
    }

    private static bool IsOrigin(string text) => text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal);

    private static string Origin(string text, string route)
    {
        var isFine = Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0 && uri.Host.Length > 0;
        SnapshotException.ThrowIf(!isFine, $"The route \"{route}\" leads to \"{text}\", which is no http:// or https:// address without query and fragment.");
        return (uri?.AbsoluteUri ?? "").TrimEnd('/');
    }

    private static bool IsPath(string path) =>
        path.Length <= LongestPath && path[0] == '/' && path[1..].Split('/').All(segment => segment is not ("" or "." or "..") && segment.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~'));

    private static int PortOf(string listen) => IPEndPoint.TryParse(listen, out var endpoint) ? endpoint.Port : 0;

    private static bool IsHost(string host) =>
        host.Length is > 0 and <= LongestHost && host.Split('.').All(label => label.Length is > 0 and <= 63 && label.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_'));
}
