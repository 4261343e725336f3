using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Engine.PublicNames;

/// <summary>Cloudflare, with a token that may read zones and edit DNS.</summary>
/// <param name="http">Asks.</param>
/// <param name="credentials">With <c>CF_DNS_API_TOKEN</c>.</param>
/// <param name="root">Where the API is.</param>
/// <remarks><para>Source: Cloudflare API v4, "List Zones", "List, Create, Overwrite DNS Record".</para></remarks>
internal sealed class CloudflareDns(WebQuestion http, Credentials credentials, Uri root) : IPublicDns
{
    private const int TtlSeconds = 60;

    public static readonly Uri Usual = new("https://api.cloudflare.com/client/v4/");

    public async Task SetAsync(ValueList<string> names, IPAddress address, CancellationToken cancellationToken)
    {
        var type = address.AddressFamily == AddressFamily.InterNetwork ? "A" : "AAAA";
        foreach (var name in names)
        {
            var records = $"zones/{await ZoneOfAsync(name, cancellationToken).ConfigureAwait(false)}/dns_records";
            var known = await AskAsync(HttpMethod.Get, $"{records}?type={type}&name={Uri.EscapeDataString(name)}", null, cancellationToken).ConfigureAwait(false);
            var record = known?.AsArray().FirstOrDefault();
            if ((string?)record?["content"] == address.ToString())
            {
                continue;
            }

            var wanted = new JsonObject { ["type"] = type, ["name"] = name, ["content"] = address.ToString(), ["ttl"] = TtlSeconds, ["proxied"] = (bool?)record?["proxied"] ?? false };
            await (record is null ? AskAsync(HttpMethod.Post, records, wanted, cancellationToken) : AskAsync(HttpMethod.Put, $"{records}/{Id(record)}", wanted, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>The zone of a name is the longest end of it that the token may see.</summary>
    private async Task<string> ZoneOfAsync(string name, CancellationToken cancellationToken)
    {
        for (var zone = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name; zone.Contains('.', StringComparison.Ordinal); zone = zone[(zone.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if ((await AskAsync(HttpMethod.Get, $"zones?name={Uri.EscapeDataString(zone)}", null, cancellationToken).ConfigureAwait(false))?.AsArray().FirstOrDefault() is { } found)
            {
                return Id(found);
            }
        }

        throw new MachineException("ask cloudflare", $"No zone of this token holds {name}.", "Give the token the right to read the zone.");
    }

    private async Task<JsonNode?> AskAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        var text = await http.AskAsync(method, new(root, path), new AuthenticationHeaderValue("Bearer", credentials.Need("CF_DNS_API_TOKEN", "CLOUDFLARE_DNS_API_TOKEN")), body, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonNode.Parse(text)?["result"];
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new MachineException("ask cloudflare", "The answer is no JSON.", inner: exception);
        }
    }

    /// <summary>Goes into an address, so it is what it should be or nothing.</summary>
    private static string Id(JsonNode node) => (string?)node["id"] is { Length: > 0 and <= 64 } id && id.All(char.IsAsciiLetterOrDigit) ? id : throw new MachineException("ask cloudflare", "The answer has no id that makes sense.");
}
