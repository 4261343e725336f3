using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Planes.Certificates;

/// <summary>lego, the program that speaks ACME: one run for each order. It is given a request and never a key of ours but its account's; secrets of the DNS provider stand in its environment only.</summary>
/// <param name="disk">For its folder.</param>
/// <param name="commands">Runs it.</param>
/// <param name="folder">Absolute; its account and what it gets.</param>
/// <param name="challenges">Absolute; where it lays what an issuer asks for on port 80. The front reads there.</param>
/// <param name="secrets">The provider's.</param>
/// <remarks><para>Source: lego 4.9, "CLI" and "Environment variables"; RFC 8555 §7.3.</para></remarks>
public sealed partial class LegoClient(IDisk disk, CommandRunner commands, string folder, string challenges, ISecretReader secrets)
{
    private const string Program = "lego", Hidden = "(hidden)", AccountIsUnknown = "urn:ietf:params:acme:error:accountDoesNotExist", AccountFile = "account.json";
    private const int LongestWords = 300, Limit = 1 << 20;

    /// <summary>A slow provider's public DNS takes minutes.</summary>
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(15);

    /// <summary>Of our own variables it gets these and no others.</summary>
    private static readonly ValueList<string> Kept = ["PATH", "LANG", "TZ", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];

    /// <summary>What an earlier run got and nobody took; empty when there is nothing.</summary>
    public string LeftBehind(PublicCertificate certificate) => Encoding.UTF8.GetString(disk.ReadIfThere(ResultOf(certificate), Limit));

    /// <summary>Takes away what was got, once it is kept elsewhere or was found to be of no use.</summary>
    public void Clear(PublicCertificate certificate)
    {
        foreach (var kind in new[] { ".crt", ".issuer.crt", ".json" })
        {
            disk.Delete(Path.Combine(folder, "certificates", certificate.FileName + kind));
        }
    }

    /// <summary>Asks the issuer. What it gave is then <see cref="LeftBehind"/>.</summary>
    /// <param name="certificate">What for.</param>
    /// <param name="request">File with the request.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>Whether the issuer was asked for anything, and why it gave nothing; empty when it did.</returns>
    public async Task<(bool IsOrder, string Words)> RunAsync(PublicCertificate certificate, string request, CancellationToken cancellationToken)
    {
        var missing = certificate.From.Credentials.Values.SelectMany(value => value.Secrets).Distinct().Where(secret => secrets.Read(secret) is null).ToValueList();
        if (missing.Count > 0)
        {
            return (false, $"The secret \"{missing[0]}\" is not set. Try: homestack secret set {missing[0]}");
        }

        var credentials = certificate.From.Credentials.ToValueMap(variable => variable.Key, variable => variable.Value.Reveal(secret => secrets.Read(secret) ?? ""));
        try
        {
            Prepare(certificate);
            var result = await commands.RunAsync(Line(certificate, request, credentials), cancellationToken).ConfigureAwait(false);
            var said = result.ErrorText + "\n" + result.OutputText;
            if (said.Contains(AccountIsUnknown, StringComparison.Ordinal))
            {
                // The issuer forgot it, as those for trials do: with the same key it is made again by the next try.
                disk.Delete(Path.Combine(AccountOf(certificate), AccountFile));
            }

            return result.ExitCode == 0 && LeftBehind(certificate).Length > 0 ? (true, "") : (IsOrder(said), Shown(Reason(said), credentials));
        }
        catch (MachineException failure)
        {
            return (failure.Kind != MachineFailure.NotFound, failure.Kind == MachineFailure.NotFound ? "lego, which asks for certificates, is not installed. Try: sudo apt-get install lego" : Shown(failure.Words, credentials));
        }
    }

    private CommandLine Line(PublicCertificate certificate, string request, ValueMap<string> credentials)
    {
        var from = certificate.From;
        ValueList<string> how = from.IsThroughDns ? ["--dns", from.Provider, "--dns-timeout", "20", .. from.Resolvers.SelectMany(resolver => new[] { "--dns.resolvers", resolver })] : ["--http", "--http.webroot", challenges];
        var environment = ProcessEnvironment.Variables().Keys.Where(name => !Kept.Contains(name)).Select(name => KeyValuePair.Create(name, ""))
            .Concat(credentials).Concat(from.Roots.Length > 0 ? [KeyValuePair.Create("LEGO_CA_CERTIFICATES", from.Roots)] : []);
        return new(Program, ["--accept-tos", "--email", from.Email, "--server", from.Directory, "--path", folder, "--csr", request, "--http-timeout", "30", "--cert.timeout", "120", .. how, "run"])
        {
            Environment = environment.GroupBy(variable => variable.Key).ToValueMap(group => group.Key, group => group.Last().Value),
            Timeout = RunLimit,
        };
    }

    /// <summary>Makes the account's key before lego does, so that one that is ended while it registers finds the same account again (RFC 8555 §7.3.1), and clears away an account's file that was not written to its end.</summary>
    private void Prepare(PublicCertificate certificate)
    {
        Clear(certificate);
        if (!certificate.From.IsThroughDns)
        {
            SystemUser.Open(challenges, disk);
        }

        var account = AccountOf(certificate);
        var key = Path.Combine(account, "keys", certificate.From.Email + ".key");
        disk.MakeFolders(Path.Combine(account, "keys"));
        if (disk.Look(key) != DiskEntry.File)
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            disk.WriteDurably(key, Encoding.ASCII.GetBytes(made.ExportECPrivateKeyPem()));
        }

        var file = Path.Combine(account, AccountFile);
        if (disk.Look(file) == DiskEntry.File && !IsJson(disk.Read(file, Limit)))
        {
            disk.Delete(file);
        }
    }

    private string AccountOf(PublicCertificate certificate) => Path.Combine(folder, "accounts", new Uri(certificate.From.Directory).Authority.Replace(':', '_'), certificate.From.Email);

    private string ResultOf(PublicCertificate certificate) => Path.Combine(folder, "certificates", certificate.FileName + ".crt");

    private static bool IsJson(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("registration", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>It says so before it begins an order. What ends sooner never reached the issuer, and whom it does not know it gives no order.</summary>
    private static bool IsOrder(string said) =>
        !said.Contains(AccountIsUnknown, StringComparison.Ordinal) && (!said.Contains("get directory at", StringComparison.Ordinal) || said.Contains("acme: Obtaining", StringComparison.Ordinal));

    /// <summary>The last line that is no remark, without its moment.</summary>
    private static string Reason(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Stamp().Replace(line, "")).ToList();
        var begin = lines.FindLastIndex(line => line.StartsWith("Could not", StringComparison.Ordinal) || line.StartsWith("error", StringComparison.OrdinalIgnoreCase));
        return begin >= 0 ? string.Join(' ', lines.Skip(begin).Where(line => !line.StartsWith("[INFO]", StringComparison.Ordinal))) : lines.LastOrDefault("It gave no reason.");
    }

    private static string Shown(string words, ValueMap<string> credentials)
    {
        foreach (var secret in credentials.Values.Where(value => value.Length >= 4).OrderByDescending(value => value.Length))
        {
            words = words.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        words = string.Concat(words.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return words.Length <= LongestWords ? words : string.Create(CultureInfo.InvariantCulture, $"{words[..LongestWords]}…");
    }

    [GeneratedRegex(@"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d ")]
    private static partial Regex Stamp();
}
