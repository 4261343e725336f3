using System.Net;
using System.Net.Sockets;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Engine.PublicNames;

/// <summary>Duck DNS, whose names below a name all lead to the same address.</summary>
/// <param name="http">Asks.</param>
/// <param name="credentials">With <c>DUCKDNS_TOKEN</c>.</param>
/// <param name="root">Where the API is.</param>
/// <remarks><para>Source: duckdns.org, "HTTP API". It answers 200 with <c>OK</c> or <c>KO</c>.</para></remarks>
internal sealed class DuckDns(WebQuestion http, Credentials credentials, Uri root) : IPublicDns
{
    private const string Below = ".duckdns.org";

    public static readonly Uri Usual = new("https://www.duckdns.org/");

    public async Task SetAsync(ValueList<string> names, IPAddress address, CancellationToken cancellationToken)
    {
        var labels = names.Select(name => name.EndsWith(Below, StringComparison.Ordinal) ? name[..^Below.Length].Split('.')[^1] : name).Distinct();
        var key = address.AddressFamily == AddressFamily.InterNetwork ? "ip" : "ipv6";
        var answer = await http.AskAsync(HttpMethod.Get, new(root, $"update?domains={Uri.EscapeDataString(string.Join(',', labels))}&token={Uri.EscapeDataString(credentials.Need("DUCKDNS_TOKEN"))}&{key}={address}"), null, null, cancellationToken).ConfigureAwait(false);
        if (!answer.StartsWith("OK", StringComparison.Ordinal))
        {
            throw new MachineException("ask duckdns", "It refused: the name or the token is not known there.", "Look at certificates.credentials and dns.public.names.");
        }
    }
}
