using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Engine.PublicNames;

/// <summary>deSEC, with an API token.</summary>
/// <param name="http">Asks.</param>
/// <param name="credentials">With <c>DESEC_TOKEN</c>, and <c>DESEC_DOMAIN</c> where the zone is not the shortest of the names.</param>
/// <param name="root">Where the API is.</param>
/// <remarks><para>Source: deSEC API documentation, "Bulk Operations on RRsets"; the least TTL there is 3,600 s.</para></remarks>
internal sealed class DeSecDns(WebQuestion http, Credentials credentials, Uri root) : IPublicDns
{
    private const int TtlSeconds = 3600;

    public static readonly Uri Usual = new("https://desec.io/api/v1/");

    public Task SetAsync(ValueList<string> names, IPAddress address, CancellationToken cancellationToken)
    {
        var zone = credentials.Or("DESEC_DOMAIN", names.Where(name => !name.StartsWith('*')).MinBy(name => name.Length) ?? names[0][2..]);
        var type = address.AddressFamily == AddressFamily.InterNetwork ? "A" : "AAAA";
        var sets = new JsonArray([.. names.Select(name => (JsonNode)new JsonObject
        {
            ["subname"] = name == zone ? "" : name.EndsWith("." + zone, StringComparison.Ordinal) ? name[..^(zone.Length + 1)] : name,
            ["type"] = type,
            ["ttl"] = TtlSeconds,
            ["records"] = new JsonArray(address.ToString()),
        })]);
        return http.AskAsync(HttpMethod.Put, new(root, $"domains/{Uri.EscapeDataString(zone)}/rrsets/"), new AuthenticationHeaderValue("Token", credentials.Need("DESEC_TOKEN")), sets, cancellationToken);
    }
}
