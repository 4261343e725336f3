using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Engine.PublicNames;

/// <summary>A name server that takes updates, such as BIND, Knot or PowerDNS, through <c>nsupdate</c>.</summary>
/// <remarks>The key goes through the program's input: arguments and environment can be read by others.
/// <para>Source: RFC 2136, RFC 8945 (TSIG); nsupdate(1).</para></remarks>
internal sealed class Rfc2136Dns(CommandRunner runner, Credentials credentials) : IPublicDns
{
    private const int TtlSeconds = 60;

    public async Task SetAsync(ValueList<string> names, IPAddress address, CancellationToken cancellationToken)
    {
        var line = new CommandLine("nsupdate", []) { Input = Encoding.ASCII.GetBytes(Script(names, address)), Timeout = TimeSpan.FromSeconds(30) };
        (await runner.RunAsync(line, cancellationToken).ConfigureAwait(false)).OrThrow(line);
    }

    private string Script(ValueList<string> names, IPAddress address)
    {
        var server = credentials.Need("RFC2136_NAMESERVER");
        var (host, port) = IPEndPoint.TryParse(server, out var endpoint) ? (endpoint.Address.ToString(), endpoint.Port == 0 ? 53 : endpoint.Port)
            : server.Split(':') is [var machine, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? (machine, written) : (server, 53);
        var type = address.AddressFamily == AddressFamily.InterNetwork ? "A" : "AAAA";
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $"server {Word(host)} {port}\n");
        if (credentials.Or("RFC2136_TSIG_KEY", "") is { Length: > 0 } key)
        {
            script.Append(CultureInfo.InvariantCulture, $"key {Word(credentials.Or("RFC2136_TSIG_ALGORITHM", "hmac-sha256").TrimEnd('.'))}:{Word(key)} {Word(credentials.Need("RFC2136_TSIG_SECRET"))}\n");
        }

        foreach (var name in names)
        {
            script.Append(CultureInfo.InvariantCulture, $"update delete {name}. {type}\nupdate add {name}. {TtlSeconds} {type} {address}\n");
        }

        return script.Append("send\n").ToString();
    }

    /// <summary>One word of a script, which a line end or a space would make two of.</summary>
    private static string Word(string text) => text.Length > 0 && text.All(letter => letter is > ' ' and < '\x7f' and not ';') ? text
        : throw new MachineException("ask rfc2136", "A credential has a character that does not belong in it.", "Look at certificates.credentials.");
}
