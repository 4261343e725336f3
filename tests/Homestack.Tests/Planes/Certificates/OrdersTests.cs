using System.Text;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes.Certificates;
using Homestack.Primitives;
using Homestack.Tests.Model;

namespace Homestack.Tests.Planes.Certificates;

/// <summary>When a public issuer is asked and what becomes of what it gives, with files in memory and both clocks in our hands (R12).</summary>
public sealed class OrdersTests
{
    private const string Folder = "/state/certificates/acme", Secret = "very-secret-token";

    private static readonly PublicCertificate Wanted = new(["*.home.example.org", "home.example.org"], new()
    {
        Issuer = "Test",
        Directory = "https://ca.example:14000/dir",
        Roots = "/roots.pem",
        IsThroughDns = true,
        Provider = "cloudflare",
        Email = "ana@example.org",
        Resolvers = ["9.9.9.9:53"],
        Credentials = new[] { KeyValuePair.Create("CF_DNS_API_TOKEN", Text.SecretNamed("cloudflare")) }.ToValueMap(),
    });

    private readonly MemoryDisk disk = new(new());
    private readonly TestIssuer issuer;
    private DateTimeOffset utc = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private DateTimeOffset real = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan sinceBoot = TimeSpan.FromDays(3);
    private string boot = "first";
    private string? secret = Secret;

    public OrdersTests() => issuer = new(disk, () => real);

    private PublicStore Store => new(disk, Folder);

    [Fact]
    public async Task It_is_got_once_proven_and_kept_with_its_key_in_one_file()
    {
        Store.Ask(Wanted);

        var outcome = await LookAsync();

        Assert.Equal(["got a certificate for *.home.example.org, home.example.org from Test (dns-01, cloudflare)"], outcome.Said);
        Assert.True(outcome.IsNew);
        var served = Assert.Single(Store.Served());
        Assert.Equal(Wanted.Names, served.Names);
        Assert.Equal(["_.home.example.org.csr", "_.home.example.org.pem"], disk.List(Folder + "/ca.example_14000_dir"));
        Assert.Equal(1, issuer.Orders);
        await LookAsync();
        Assert.Equal(1, issuer.Orders);
    }

    [Fact]
    public async Task Secrets_stand_in_the_environment_and_nowhere_else()
    {
        Store.Ask(Wanted);
        issuer.Failure = $"2026/11/24 12:00:00 [INFO] acme: Obtaining bundled SAN certificate\n2026/11/24 12:00:00 Could not obtain certificates:\n\tthe token {Secret} was refused";

        var outcome = await LookAsync();

        var call = Assert.Single(issuer.Calls);
        Assert.Equal(Secret, call.Environment["CF_DNS_API_TOKEN"]);
        Assert.Equal("/roots.pem", call.Environment["LEGO_CA_CERTIFICATES"]);
        Assert.All(call.Environment.Where(variable => variable.Key is not ("CF_DNS_API_TOKEN" or "LEGO_CA_CERTIFICATES")), variable => Assert.Equal("", variable.Value));
        Assert.DoesNotContain(call.Arguments, argument => argument.Contains(Secret, StringComparison.Ordinal));
        Assert.Contains("Could not obtain certificates: the token (hidden) was refused", Assert.Single(outcome.Said), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(disk.Read(Folder + "/orders.json", 1 << 20)), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(disk.Read(Folder + "/asked.json", 1 << 20)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_secret_is_named_and_nobody_is_asked()
    {
        Store.Ask(Wanted);
        secret = null;

        Assert.Contains("homestack secret set cloudflare", Assert.Single((await LookAsync()).Said), StringComparison.Ordinal);
        Assert.Empty(issuer.Calls);

        secret = Secret;
        Pass(TimeSpan.FromSeconds(11));
        await LookAsync();
        Assert.Single(Store.Served());
    }

    [Theory]
    [InlineData(-1, "an hour back")]
    [InlineData(30 * 24, "a month ahead")]
    [InlineData(400 * 24, "a year ahead")]
    [InlineData(-56 * 365 * 24, "1970")]
    public async Task A_clock_that_jumps_makes_no_more_than_one_order_an_hour_and_takes_nothing_away(int hours, string where)
    {
        Store.Ask(Wanted);
        await LookAsync();
        var first = Assert.Single(Store.Served());
        utc += TimeSpan.FromHours(hours);

        // A day of looks, every five minutes, with restarts in between, and an issuer whose clock is right.
        var orders = new List<TimeSpan>();
        for (var minute = 0; minute < 24 * 60; minute += 5)
        {
            var before = issuer.Orders;
            await LookAsync();
            orders.AddRange(Enumerable.Repeat(sinceBoot, issuer.Orders - before));
            Assert.True(Store.Served().Count == 1, where);
            Pass(TimeSpan.FromMinutes(5));
        }

        Assert.True(orders.Zip(orders.Skip(1), (a, b) => b - a).All(apart => apart >= TimeSpan.FromHours(1)), $"{where}: {string.Join(' ', orders)}");
        if (hours < 24 * 50)
        {
            Assert.Empty(orders);
            Assert.Equal(first, Assert.Single(Store.Served()));
        }

        // The clock is right again: what is there is good, and nothing is due.
        utc = real;
        var afterwards = issuer.Orders;
        await LookAsync();
        Assert.Equal(afterwards, issuer.Orders);
    }

    [Fact]
    public async Task An_order_of_before_the_machines_start_counts_until_an_hour_has_surely_passed()
    {
        Store.Ask(Wanted);
        issuer.Failure = "Could not obtain certificates: no";
        await LookAsync();
        Pass(TimeSpan.FromMinutes(2));
        (boot, sinceBoot) = ("second", TimeSpan.FromSeconds(20));
        utc = DateTimeOffset.UnixEpoch;
        await LookAsync();
        utc = real.AddDays(30);
        await LookAsync();
        Assert.Equal(1, issuer.Orders);

        Pass(TimeSpan.FromHours(1));
        await LookAsync();
        Assert.Equal(2, issuer.Orders);
    }

    [Fact]
    public async Task It_is_renewed_at_two_thirds_of_its_life_and_the_old_one_is_shown_until_the_new_one_is_proven()
    {
        Store.Ask(Wanted);
        await LookAsync();
        var first = Assert.Single(Store.Served());
        Pass(TimeSpan.FromDays(53));
        await LookAsync();
        Assert.Equal(1, issuer.Orders);

        Pass(TimeSpan.FromDays(8));
        issuer.OtherNames = ["bank.example"];
        Assert.Contains("It is not for *.home.example.org, home.example.org.", (await LookAsync()).Said[0], StringComparison.Ordinal);
        Assert.Equal(first, Assert.Single(Store.Served()));

        issuer.OtherNames = null;
        Pass(TimeSpan.FromMinutes(61));
        Assert.True((await LookAsync()).IsNew);
        Assert.NotEqual(first, Assert.Single(Store.Served()));
        Assert.Equal(3, issuer.Orders);
    }

    [Fact]
    public async Task An_issuer_that_is_away_for_two_days_is_looked_for_ever_more_rarely_and_found_when_it_is_back()
    {
        Store.Ask(Wanted);
        issuer.Failure = "Could not create client: get directory at 'https://ca.example:14000/dir': connection refused";
        for (var end = real.AddDays(2); real < end;)
        {
            var outcome = await LookAsync();
            Pass(outcome.Next);
        }

        Assert.Equal(0, issuer.Orders);
        Assert.InRange(issuer.Calls.Count, 40, 70);
        issuer.Failure = "";
        Pass(TimeSpan.FromHours(1));
        await LookAsync();
        Assert.Single(Store.Served());
    }

    [Fact]
    public async Task An_issuer_that_has_forgotten_the_account_is_told_of_it_again_and_that_was_no_order()
    {
        Store.Ask(Wanted);
        await LookAsync();
        Pass(TimeSpan.FromDays(61));
        const string account = Folder + "/lego/accounts/ca.example_14000/ana@example.org/account.json";
        disk.WriteDurably(account, "{\"registration\":{}}"u8);
        issuer.Failure = "[INFO] acme: Obtaining\nCould not obtain certificates:\n\turn:ietf:params:acme:error:accountDoesNotExist :: not found";
        await LookAsync();
        Assert.Equal(DiskEntry.Nothing, disk.Look(account));

        issuer.Failure = "";
        Pass(TimeSpan.FromSeconds(11));
        Assert.True((await LookAsync()).IsNew);
    }

    [Fact]
    public async Task Two_that_look_at_once_order_once()
    {
        Store.Ask(Wanted);
        Task<RenewalOutcome>? other = null;
        issuer.Meanwhile = () => other ??= LookAsync();

        Assert.True((await LookAsync()).IsNew);

        Assert.NotNull(other);
        Assert.Empty((await other).Said);
        Assert.Equal(1, issuer.Orders);
    }

    [Fact]
    public async Task Of_several_one_is_asked_for_at_a_time_so_that_it_is_shown_at_once()
    {
        var names = new[] { "a.home.example.org", "b.home.example.org" }.Select(name => Wanted with { Names = [name] }).ToValueList();
        Array.ForEach(names.ToArray(), Store.Ask);

        Assert.Contains("a.home.example.org", Assert.Single((await LookAsync(names)).Said), StringComparison.Ordinal);
        Assert.Contains("b.home.example.org", Assert.Single((await LookAsync(names)).Said), StringComparison.Ordinal);

        Assert.Equal(2, Store.Served().Count);
        Assert.Empty((await LookAsync(names)).Said);
    }

    [Fact]
    public async Task Orders_that_fail_are_made_an_hour_apart_then_two_then_four_up_to_a_day()
    {
        Store.Ask(Wanted);
        issuer.Failure = "Could not obtain certificates: no";
        var moments = new List<DateTimeOffset>();
        for (var end = real.AddDays(6); real < end;)
        {
            var before = issuer.Orders;
            var outcome = await LookAsync();
            moments.AddRange(Enumerable.Repeat(real, issuer.Orders - before));
            Pass(outcome.Next);
        }

        Assert.Equal([1, 2, 4, 8, 16, 24, 24, 24, 24], moments.Zip(moments.Skip(1), (a, b) => (int)Math.Round((b - a).TotalHours)));

        // Whoever corrects something does not wait for a day.
        issuer.Failure = "";
        Store.Ask(Wanted with { From = Wanted.From with { Provider = "hetzner" } });
        Pass(TimeSpan.FromHours(1));
        await LookAsync(Wanted with { From = Wanted.From with { Provider = "hetzner" } });
        Assert.Single(Store.Served());
    }

    [Fact]
    public async Task People_are_warned_once_at_30_at_14_and_at_3_days()
    {
        Store.Ask(Wanted);
        await LookAsync();
        issuer.Failure = "Could not create client: get directory at 'https://ca.example:14000/dir': connection refused";
        var warnings = new List<(int Days, string Words)>();
        for (var day = 0; day < 90; day++)
        {
            warnings.AddRange((await LookAsync()).Said.Where(words => words.StartsWith("warning", StringComparison.Ordinal)).Select(words => (90 - day, words)));
            Pass(TimeSpan.FromDays(1));
        }

        Assert.Equal([30, 14, 3], warnings.Select(warning => warning.Days));
        Assert.All(warnings, warning => Assert.Contains("connection refused", warning.Words, StringComparison.Ordinal));
    }

    /// <summary>Ended in the midst of every disk call of an order, and started again: one account's key, the old certificate or the new one, and no second order within the hour.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Ended_at_each_step_it_goes_on_without_a_second_order_in_the_hour(bool isAfter, bool isPowerCut)
    {
        for (var point = 1; ; point++)
        {
            var faults = new Faults();
            var torn = new MemoryDisk(faults);
            var asked = new TestIssuer(torn, () => real);
            new PublicStore(torn, Folder).Ask(Wanted);
            await LookAsync(torn, asked, [Wanted]);
            var first = Assert.Single(new PublicStore(torn, Folder).Served());
            Pass(TimeSpan.FromDays(61));
            faults.Restart(new Fault(point, isAfter ? FaultWhen.After : FaultWhen.Before, IsCrash: true));
            var hasEnded = false;
            try
            {
                await LookAsync(torn, asked, [Wanted]);
            }
            catch (SimulatedCrash)
            {
                hasEnded = true;
            }

            faults.Restart();
            if (isPowerCut)
            {
                torn.CutPower(new Random(point));
            }
            else
            {
                torn.Kill();
            }

            Assert.Single(new PublicStore(torn, Folder).Served());
            var before = asked.Orders;
            await LookAsync(torn, asked, [Wanted]);
            Assert.True(asked.Orders <= 2, $"step {point}: {asked.Orders - before} more orders at once");
            Pass(TimeSpan.FromHours(3));
            await LookAsync(torn, asked, [Wanted]);
            Assert.NotEqual(first, Assert.Single(new PublicStore(torn, Folder).Served()));
            Assert.InRange(asked.Orders, 2, 3);
            Assert.Single(torn.List(Folder + "/lego/accounts/ca.example_14000/ana@example.org/keys"));
            if (!hasEnded)
            {
                Assert.True(point > 20, $"only {point} steps");
                return;
            }
        }
    }

    private Task<RenewalOutcome> LookAsync(PublicCertificate? wanted = null) => LookAsync(disk, issuer, [wanted ?? Wanted]);

    private Task<RenewalOutcome> LookAsync(ValueList<PublicCertificate> wanted) => LookAsync(disk, issuer, wanted);

    private Task<RenewalOutcome> LookAsync(IDisk on, TestIssuer asked, ValueList<PublicCertificate> wanted)
    {
        var store = new PublicStore(on, Folder);
        var lego = new LegoClient(on, asked, store.ClientFolder, "/state/challenges", new OneSecret(secret));
        return new OrdersDriver(store, lego, _ => asked.Pem, () => new(utc, sinceBoot, boot)).LookAsync(wanted, TestContext.Current.CancellationToken);
    }

    private void Pass(TimeSpan time)
    {
        utc += time;
        real += time;
        sinceBoot += time;
    }

    private sealed class OneSecret(string? value) : ISecretReader
    {
        public string? Read(string name) => name == "cloudflare" ? value : null;

        public string? Digest(string name) => null;
    }
}
