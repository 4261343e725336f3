using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Networks;

/// <summary>TLS as a stranger's scanner judges it, and names that are said oddly.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed class TlsTests
{
    private static readonly TimeSpan ScanLimit = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task A_scanner_finds_nothing_of_medium_weight_or_more()
    {
        using var backend = new SmallBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port));
        var report = Path.Combine(front.Folder, "scan.json");

        // The short run looks at protocols; the long one at ciphers, the certificate and every known weakness too.
        string[] checks = Figures.IsLong ? ["-p", "-s", "-S", "-f", "-U"] : ["-p"];
        await RunningProgram.RunAsync(["testssl", "--quiet", "--color", "0", "--warnings", "off", "--jsonfile", report, "--add-ca", front.AuthorityFile, "--ip", "127.0.0.1", .. checks, string.Create(CultureInfo.InvariantCulture, $"app.{FrontAlone.Domain}:{front.Port}")], ScanLimit);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
        var findings = json.RootElement.EnumerateArray().Select(one => (Id: Text(one, "id"), Severity: Text(one, "severity"), Words: Text(one, "finding"))).ToArray();
        var heavy = findings.Where(finding => finding.Severity is "MEDIUM" or "HIGH" or "CRITICAL" or "FATAL").Where(finding => !IsOfTheCertificate(finding.Id)).ToArray();
        Figures.Record("P6", $"testssl.sh {string.Join(' ', checks)}: {findings.Length} findings, {heavy.Length} of MEDIUM or more");
        Assert.Contains(findings, finding => finding.Id == "TLS1_3" && finding.Severity == "OK");
        Assert.True(heavy.Length == 0, string.Join('\n', heavy.Select(finding => $"{finding.Id} {finding.Severity}: {finding.Words}")));
    }

    [Theory]
    [InlineData("APP.home.TEST", true)]
    [InlineData("app.home.test", true)]
    [InlineData("nobody.home.test", false)]
    [InlineData("app.home.test.evil", false)]
    [InlineData("home.test", false)]
    [InlineData("a.app.home.test", false)]
    [InlineData("", false)]
    public async Task A_name_is_known_in_any_case_and_an_unknown_one_gets_no_certificate(string name, bool isKnown)
    {
        using var backend = new SmallBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port));
        foreach (var piece in new[] { int.MaxValue, 1, 60 })
        {
            var isShaken = false;
            var certificates = 0;
            try
            {
                // In pieces, so that who looks for the name in the first packet alone finds none.
                await using var tls = new SslStream(new PiecewiseStream(await front.ConnectAsync(TestContext.Current.CancellationToken), piece));
                await tls.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions { TargetHost = name, RemoteCertificateValidationCallback = (_, certificate, _, _) => Interlocked.Add(ref certificates, certificate is null ? 0 : 1) >= 0 }, TestContext.Current.CancellationToken);
                isShaken = true;
            }
            catch (Exception refused) when (refused is IOException or AuthenticationException)
            {
            }

            Assert.Equal(isKnown, isShaken);
            Assert.Equal(isKnown ? 1 : 0, certificates);
        }
    }

    /// <summary>What is said of the tests' own root and of where its list of revoked ones would be, not of the front.</summary>
    private static bool IsOfTheCertificate(string id) => id.StartsWith("cert_", StringComparison.Ordinal) && (id.Contains("revocation", StringComparison.OrdinalIgnoreCase) || id.Contains("caIssuers", StringComparison.OrdinalIgnoreCase) || id.Contains("chain_of_trust", StringComparison.OrdinalIgnoreCase) || id.Contains("crl", StringComparison.OrdinalIgnoreCase));

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    /// <summary>Sends in pieces of a size, each on its own.</summary>
    private sealed class PiecewiseStream(Socket socket, int piece) : NetworkStream(socket, ownsSocket: true)
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            for (; buffer.Length > 0; buffer = buffer[Math.Min(piece, buffer.Length)..])
            {
                await base.WriteAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
            }
        }
    }
}
