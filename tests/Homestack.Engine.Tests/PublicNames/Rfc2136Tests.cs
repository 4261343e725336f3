using System.Diagnostics;
using System.Net;
using Homestack.Collections;
using Homestack.Engine.PublicNames;
using Homestack.Machine;

namespace Homestack.Engine.Tests.PublicNames;

/// <summary>A real BIND that takes updates from whoever has the key.</summary>
public sealed class Rfc2136Tests : IAsyncLifetime
{
    private const string Secret = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string folder = Directory.CreateTempSubdirectory("homestack-bind-").FullName;
    private readonly int port = 21000 + (Environment.ProcessId % 20000);
    private Process? bind;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "zone"), """
            $ORIGIN home.example.org.
            $TTL 300
            @ IN SOA ns hostmaster 1 3600 600 86400 60
            @ IN NS ns
            ns IN A 127.0.0.1
            @ IN A 203.0.113.1

            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "named.conf"), $$"""
            options { directory "{{folder}}"; listen-on port {{port}} { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none; recursion no; };
            controls { };
            key "homestack" { algorithm hmac-sha256; secret "{{Secret}}"; };
            zone "home.example.org" { type master; file "zone"; allow-update { key "homestack"; }; };

            """);
        bind = Process.Start(new ProcessStartInfo("/usr/sbin/named", ["-f", "-c", Path.Combine(folder, "named.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true });
        var deadline = Stopwatch.StartNew();
        while (await DigAsync("home.example.org", "A") != "203.0.113.1")
        {
            Assert.True(deadline.Elapsed < Patience && bind?.HasExited is false, "BIND does not answer");
            await Task.Delay(100);
        }
    }

    [Fact]
    public async Task Names_lead_to_the_new_address_and_to_no_other()
    {
        ValueList<string> names = ["home.example.org", "*.home.example.org"];
        await Dns(Secret).SetAsync(names, IPAddress.Parse("203.0.113.7"), Cancellation);
        await Dns(Secret).SetAsync(names, IPAddress.Parse("203.0.113.7"), Cancellation);
        await Dns(Secret).SetAsync(names, IPAddress.Parse("2001:db8::7"), Cancellation);

        Assert.Equal("203.0.113.7", await DigAsync("home.example.org", "A"));
        Assert.Equal("203.0.113.7", await DigAsync("photos.home.example.org", "A"));
        Assert.Equal("2001:db8::7", await DigAsync("photos.home.example.org", "AAAA"));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_not_told_of()
    {
        const string wrong = "d3Jvbmd3cm9uZ3dyb25nd3Jvbmd3cm9uZ3dyb25n";
        var failure = await Assert.ThrowsAsync<MachineException>(() => Dns(wrong).SetAsync(["home.example.org"], IPAddress.Parse("203.0.113.9"), Cancellation));
        Assert.DoesNotContain(wrong, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("203.0.113.1", await DigAsync("home.example.org", "A"));
    }

    [Theory, InlineData("a\nsend"), InlineData("a b"), InlineData("")]
    public async Task A_key_that_would_be_a_command_is_refused(string secret) =>
        await Assert.ThrowsAsync<MachineException>(() => Dns(secret).SetAsync(["home.example.org"], IPAddress.Parse("203.0.113.9"), Cancellation));

    public async ValueTask DisposeAsync()
    {
        bind?.Kill();
        await (bind?.WaitForExitAsync() ?? Task.CompletedTask);
        bind?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Rfc2136Dns Dns(string secret) => new(new CommandRunner(), new("rfc2136", new (string Name, string Value)[]
    {
        ("RFC2136_NAMESERVER", $"127.0.0.1:{port}"), ("RFC2136_TSIG_KEY", "homestack"), ("RFC2136_TSIG_SECRET", secret), ("RFC2136_TSIG_ALGORITHM", "hmac-sha256."),
    }.ToValueMap(pair => pair.Name, pair => pair.Value)));

    private async Task<string> DigAsync(string name, string type) =>
        (await new CommandRunner().RunAsync(new("dig", ["@127.0.0.1", "-p", $"{port}", name, type, "+short", "+tries=1", "+time=1"]), CancellationToken.None)).OutputText.Trim();
}
