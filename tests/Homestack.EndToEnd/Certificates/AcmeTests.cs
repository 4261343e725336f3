using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Stories;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.EndToEnd.Certificates;

/// <summary>A home gets public certificates from a real issuer, through a real lego, and shows a valid one of its own while that cannot be (P7).</summary>
public sealed class AcmeTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const string Domain = "home.test", Token = "sesame-open-dns";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private DockerEngine Engine => engine;

    private int Https => engine.Port(50);

    private int Http => engine.Port(51);

    [Fact]
    public async Task By_http_with_the_issuer_away_at_first_and_away_at_a_renewal()
    {
        await using var issuer = AcmeIssuer.For(engine, Domain);
        await using var home = new Home(this, "    challenge: http-01", issuer, "web");

        // Away: the home comes up, shows its own, and says so.
        var planned = (await home.House.PlanAsync()).Expect(2);
        Assert.Matches(@"\+ public certificate web\.home\.test +get it from 127\.0\.0\.1:\d+ \(http-01\)", planned.Output);
        Assert.DoesNotContain($"public certificate inside.{Domain}", planned.Output, StringComparison.Ordinal);
        (await home.House.UpAsync()).Expect(0);
        await home.IsShownAsync("web", certificate => certificate.Issuer.Contains("home root", StringComparison.Ordinal));
        await Eventually.BecomesTrueAsync(() => home.SaysAsync($"no certificate for web.{Domain} from 127.0.0.1:", "connection refused", 2), Patience, "the status says that the issuer is away");
        Assert.DoesNotContain("certificate", (await home.House.PlanAsync()).Expect(0).Output, StringComparison.Ordinal);

        // It is there, and refuses every second nonce.
        await issuer.StartAsync(Http, life: 20, rejects: 50);
        var first = await home.IsShownAsync("web", certificate => certificate.Issuer.Contains("Pebble", StringComparison.Ordinal));
        Assert.Equal($"web.{Domain}", first.GetNameInfo(X509NameType.DnsName, forIssuer: false));
        await home.IsShownAsync("inside", certificate => certificate.Issuer.Contains("home root", StringComparison.Ordinal), from: "127.0.0.2");
        Assert.Equal((404, ""), await home.AskAsync("/.well-known/acme-challenge/0123456789abcdef0123"));
        Assert.Equal((1, 1), await issuer.StopAsync());
        home.ExpectClosedFiles();

        // It is away when the certificate is to be renewed: the old one stays.
        await home.House.Command.StopEngineAsync();
        await Task.Delay(first.NotBefore.AddSeconds(13.5) - DateTime.Now is { Ticks: > 0 } rest ? rest : TimeSpan.Zero, TestContext.Current.CancellationToken);
        home.LetHoursPass();
        (await home.House.UpAsync()).Expect(0);
        await Eventually.BecomesTrueAsync(() => home.SaysAsync("connection refused", "", 2), Patience, "the status says that the issuer is away again");
        Assert.Equal(first.Thumbprint, (await home.ShownAsync("web")).Thumbprint);

        // It is back, and has forgotten the account.
        await issuer.StartAsync(Http, life: 86400, rejects: 5);
        var second = await home.IsShownAsync("web", certificate => certificate.Thumbprint != first.Thumbprint);
        Assert.Contains("Pebble", second.Issuer, StringComparison.Ordinal);
        Assert.Equal((1, 1), await issuer.StopAsync());
        (await home.House.PlanAsync()).Expect(0);
    }

    [Fact]
    public async Task By_dns_one_for_every_name_with_the_providers_secret_in_no_file_and_no_word()
    {
        await using var issuer = AcmeIssuer.For(engine, Domain, "127.0.0.1");
        var provider = Path.Combine(engine.Folder, "provider");
        await File.WriteAllTextAsync(provider, $$"""
            #!/bin/sh
            [ "$PROVIDER_TOKEN" = {{Token}} ] || { echo "the token $PROVIDER_TOKEN is refused" >&2; exit 9; }
            case $1 in
            present) exec curl -sf -d "{\"host\":\"$2\",\"value\":\"$3\"}" {{issuer.Management}}/set-txt ;;
            cleanup) exec curl -sf -d "{\"host\":\"$2\"}" {{issuer.Management}}/clear-txt ;;
            esac
            """, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(provider, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await issuer.StartAsync(Http, life: 86400, rejects: 50);
        await using var home = new Home(this, $$"""
                challenge: dns-01
                provider: exec
                resolvers: ["{{issuer.Dns.Address}}:53"]
                credentials: { EXEC_PATH: {{provider}}, EXEC_POLLING_INTERVAL: "1", EXEC_SEQUENCE_INTERVAL: "1", PROVIDER_TOKEN: "${secret:provider}" }
            """, issuer);

        Assert.Matches(@"\+ public certificate \*\.home\.test +get it from 127\.0\.0\.1:\d+ \(dns-01, exec\)", (await home.House.PlanAsync()).Expect(2).Output);
        await home.UpWithResolverAsync(issuer.Dns.Address);
        await Eventually.BecomesTrueAsync(() => home.SaysAsync("The secret \"provider\" is not set", "", 2), Patience, "the status names the secret that is missing");
        new SecretStore(new RealDisk(), Path.Combine(home.House.Files.StateFolder, "secrets")).Set("provider", Token);

        foreach (var name in new[] { "web", "blog" })
        {
            var shown = await home.IsShownAsync(name, certificate => certificate.Issuer.Contains("Pebble", StringComparison.Ordinal));
            Assert.Contains(shown.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames(), covered => covered == "*." + Domain);
        }

        var (orders, accounts) = await issuer.StopAsync();
        Assert.Equal((1, 1), (orders, accounts));
        await Eventually.BecomesTrueAsync(() => home.SaysAsync($"the certificate for *.{Domain}, {Domain} from 127.0.0.1:", "ends in 0 days", 0), Patience, "the status says how long it lasts");
        home.ExpectClosedFiles();
        var found = await RunningProgram.RunAsync(["grep", "-rlaF", "-D", "skip", Token, home.House.Files.StateFolder, home.House.Files.Folder], Patience);
        Assert.Equal(Path.Combine(home.House.Files.StateFolder, "secrets/provider"), found.Output.Trim());

        // No longer wanted: the home's own again.
        home.Write("");
        (await home.House.UpAsync()).Expect(0);
        await home.IsShownAsync("web", certificate => certificate.Issuer.Contains("home root", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_in_the_midst_of_orders_it_goes_on_with_one_account_and_no_second_order_in_the_hour()
    {
        var lot = new Random(Figures.Seed);
        await using var issuer = AcmeIssuer.For(engine, Domain);
        await issuer.StartAsync(Http, life: 86400, rejects: 50);
        await using var home = new Home(this, "    challenge: http-01", issuer, "first");
        (await home.House.UpAsync()).Expect(0);
        await home.IsShownAsync("first", certificate => certificate.Issuer.Contains("Pebble", StringComparison.Ordinal));
        var rounds = Figures.IsLong ? 30 : 1;
        var (without, looks, lost) = (0, 0, 0);
        for (var round = 1; round <= rounds; round++)
        {
            var name = $"r{round}";
            home.Add(name);
            (await home.House.UpAsync()).Expect(0);
            await Task.Delay(TimeSpan.FromMilliseconds(lot.Next(6000)), TestContext.Current.CancellationToken);
            await home.House.Command.StopEngineAsync(Signals.Kill);
            foreach (var lego in ProcessTable.Find("lego", home.House.Files.StateFolder).Where(_ => lot.Next(2) == 0))
            {
                Signals.Send(lego, Signals.Kill);
            }

            (await home.House.UpAsync()).Expect(0);
            for (var look = 0; look < 10; look++)
            {
                looks++;
                without += (await home.ShownAsync(name)).NotAfter > DateTime.Now && (await home.ShownAsync("first")).Issuer.Contains("Pebble", StringComparison.Ordinal) ? 0 : 1;
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }

            if (!(await home.ShownAsync(name)).Issuer.Contains("Pebble", StringComparison.Ordinal))
            {
                // What had been ordered is lost, and nothing is ordered again before the hour has passed.
                lost++;
                await home.House.Command.StopEngineAsync(Signals.Kill);
                home.LetHoursPass();
                (await home.House.UpAsync()).Expect(0);
                await home.IsShownAsync(name, certificate => certificate.Issuer.Contains("Pebble", StringComparison.Ordinal));
            }
        }

        var (orders, accounts) = await issuer.StopAsync();
        Figures.Record("P7", $"engine killed in {rounds} orders, by lot lego too, half of all nonces refused: {lost} orders lost; {orders} orders for {rounds + 1} names, {accounts} account, {without} of {looks} looks without a valid certificate");
        Assert.Equal(0, without);
        Assert.Equal(1, accounts);
        Assert.InRange(orders, rounds + 1, rounds + 1 + lost);
    }

    [Fact]
    public async Task Many_names_get_theirs_with_one_account_and_one_order_each_while_half_of_all_nonces_are_refused()
    {
        string[] names = [.. Enumerable.Range(1, Figures.IsLong ? 250 : 4).Select(number => $"n{number}")];
        await using var issuer = AcmeIssuer.For(engine, Domain);
        await issuer.StartAsync(Http, life: 86400 * 90, rejects: 50);
        await using var home = new Home(this, "    challenge: http-01", issuer, names);
        (await home.House.UpAsync()).Expect(0);
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var (missing, looks, without) = (names.ToHashSet(), 0, 0);
        var lot = new Random(Figures.Seed);
        while (missing.Count > 0 && System.Diagnostics.Stopwatch.GetElapsedTime(began) < Patience + TimeSpan.FromSeconds(20 * names.Length))
        {
            foreach (var name in lot.GetItems(missing.ToArray(), 20))
            {
                var shown = await home.ShownAsync(name);
                looks++;
                without += shown.NotAfter > DateTime.Now && shown.NotBefore < DateTime.Now ? 0 : 1;
                if (shown.Issuer.Contains("Pebble", StringComparison.Ordinal))
                {
                    missing.Remove(name);
                }
            }

            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        var took = System.Diagnostics.Stopwatch.GetElapsedTime(began);
        var (orders, accounts) = await issuer.StopAsync();
        Figures.Record("P7 (many)", string.Create(CultureInfo.InvariantCulture, $"{names.Length} names, half of all nonces refused: {orders} orders, {accounts} account, {missing.Count} without the issuer's after {took.TotalSeconds:0} s; {without} of {looks} looks without a valid certificate"));
        Assert.Empty(missing);
        Assert.Equal((0, 1), (without, accounts));
        Assert.InRange(orders, names.Length, names.Length + (names.Length / 5));
    }

    private sealed class Home : IAsyncDisposable
    {
        private readonly AcmeTests tests;
        private readonly AcmeIssuer issuer;
        private readonly List<string> names;
        private string section;

        public Home(AcmeTests tests, string section, AcmeIssuer issuer, params string[] names)
        {
            (this.tests, this.issuer, this.section, this.names) = (tests, issuer, section, names.Length == 0 ? ["web", "blog"] : [.. names]);
            House = new(tests.Engine, "acme");
            House.Files.LetThrough();
            Write(section);
        }

        public Household House { get; }

        /// <param name="text">Lines of <c>certificates</c>, indented by four; empty: none.</param>
        public void Write(string text)
        {
            section = text;
            House.Files.Write("homestack.yaml", $$"""
                homestack: 1
                home: acme
                domain: {{Domain}}
                zones: { lan: 127.0.0.2/32 }
                listen: { https: {{tests.Https}}, http: {{tests.Http}}, dns: {{tests.Engine.Port(52)}} }
                sites:
                  inside: { redirect: "https://example.org", expose: [lan] }

                """ + string.Concat(names.Select(name => $"  {name}: {{ redirect: \"https://example.org\", expose: [lan, public] }}\n"))
                + (text.Length == 0 ? "" : $"certificates:\n    issuer: {issuer.Address}\n    ca: {issuer.Roots}\n{text}\n"));
        }

        public void Add(string name)
        {
            names.Add(name);
            Write(section);
        }

        /// <summary>Brings it up on a machine whose own resolver is another one: the engine, and lego below it, see another <c>resolv.conf</c>.</summary>
        public async Task UpWithResolverAsync(string address)
        {
            var file = House.Files.Beside("resolv.conf");
            await File.WriteAllTextAsync(file, $"nameserver {address}\n", TestContext.Current.CancellationToken);
            var elsewhere = House.Command.Under("unshare", "--mount", "sh", "-c", "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"", file);
            (await elsewhere.RunAsync("up", House.Files.Folder, "-d", "--yes")).Expect(0);
        }

        public async Task<bool> SaysAsync(string words, string others, int code)
        {
            var status = await House.Command.RunAsync("status");
            return status.ExitCode == code && status.Output.Contains(words, StringComparison.Ordinal) && status.Output.Contains(others, StringComparison.Ordinal);
        }

        /// <summary>What a visitor is shown at a name.</summary>
        public async Task<X509Certificate2> ShownAsync(string name, string from = "127.0.0.1")
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Parse(from), 0));
            await socket.ConnectAsync("127.0.0.1", tests.Https, TestContext.Current.CancellationToken);
            await using var tls = new SslStream(new NetworkStream(socket));
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = $"{name}.{Domain}", RemoteCertificateValidationCallback = (_, _, _, _) => true }, TestContext.Current.CancellationToken);
            return new X509Certificate2(tls.RemoteCertificate ?? throw new InvalidOperationException("no certificate"));
        }

        public async Task<X509Certificate2> IsShownAsync(string name, Func<X509Certificate2, bool> isWanted, string from = "127.0.0.1")
        {
            X509Certificate2? last = null;
            try
            {
                await Eventually.BecomesTrueAsync(
                    async () =>
                    {
                        try
                        {
                            last = await ShownAsync(name, from);
                            return isWanted(last);
                        }
                        catch (Exception exception) when (exception is SocketException or IOException or System.Security.Authentication.AuthenticationException)
                        {
                            return false;
                        }
                    },
                    Patience, $"{name} shows the certificate that it should");
            }
            catch (Xunit.Sdk.XunitException)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"last: {last?.Issuer}\n{(await House.Command.RunAsync("status")).Said}\n{await File.ReadAllTextAsync(Path.Combine(House.Files.StateFolder, "engine.log"))}");
                throw;
            }

            return last ?? throw new InvalidOperationException();
        }

        /// <summary>Asks on the port for plain HTTP.</summary>
        public async Task<(int Status, string Text)> AskAsync(string path)
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{tests.Http}{path}"));
            request.Headers.Host = $"web.{Domain}";
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : "");
        }

        /// <summary>What is remembered of orders was hours ago.</summary>
        public void LetHoursPass()
        {
            var file = Path.Combine(House.Files.StateFolder, "certificates/acme/orders.json");
            var orders = JsonNode.Parse(File.ReadAllText(file)) ?? throw new InvalidOperationException();
            foreach (var moment in orders.AsObject().SelectMany(order => new[] { order.Value?["Ordered"], order.Value?["Tried"] }).OfType<JsonObject>())
            {
                moment["SinceBoot"] = (TimeSpan.Parse($"{moment["SinceBoot"]}", CultureInfo.InvariantCulture) - TimeSpan.FromDays(2)).ToString("c", CultureInfo.InvariantCulture);
            }

            File.WriteAllText(file, orders.ToJsonString());
        }

        /// <summary>Nobody but its owner reads what is kept of certificates.</summary>
        public void ExpectClosedFiles()
        {
            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            var folder = Path.Combine(House.Files.StateFolder, "certificates");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            foreach (var file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
            {
                Assert.True((File.GetUnixFileMode(file) & others) == 0, file);
            }

            Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(Path.Combine(House.Files.StateFolder, "engine.log")), StringComparison.Ordinal);
        }

        public async ValueTask DisposeAsync()
        {
            await House.Command.StopEngineAsync(Signals.Kill);
            if (SocketProbe.ListenerOf(FrontAddress.SocketOf(House.Files.StateFolder)) is { } front)
            {
                Signals.Send(front.ProcessId, Signals.Kill);
            }

            await House.DisposeAsync();
        }
    }
}
