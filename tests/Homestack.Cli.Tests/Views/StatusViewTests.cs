using Homestack.Cli.Views;
using Homestack.Homes;

namespace Homestack.Cli.Tests.Views;

public sealed class StatusViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 18, 30, 0, TimeSpan.FromHours(2));

    private static readonly HomeStatus Home = new()
    {
        Home = "krynet",
        Generation = 14,
        Since = Now.AddHours(-21),
        EngineProcess = 4711,
        Services =
        [
            new() { Name = "photos/photos", Host = "local", Wanted = 1, Running = 1, Health = ServiceHealth.Well, Words = "running", Since = Now.AddDays(-6), Addresses = ["http://127.0.0.1:2283"], Zones = ["lan", "vpn"] },
            new() { Name = "media/sonarr", Host = "local", Wanted = 1, Running = 1, Health = ServiceHealth.Unwell, Words = "unhealthy", Since = Now.AddMinutes(-4), Complaint = "http 500 on /ping" },
            new() { Name = "media/worker", Host = "local", Wanted = 3, Running = 3, Health = ServiceHealth.Well, Words = "running", Since = Now.AddSeconds(-90) },
            new() { Name = "office/paperless", Host = "local", Wanted = 1, Running = 0, Health = ServiceHealth.Missing, Words = "missing" },
        ],
        Drift = ["media/sonarr: stopped by somebody else"],
    };

    [Fact]
    public void What_is_wrong_stands_out() => Golden.Matches("status.txt", Print(Home));

    [Fact]
    public void Public_certificates_are_shown_with_their_end_and_the_homes_own_is_not()
    {
        var status = Home with
        {
            Services = [],
            Drift = [],
            Certificates =
            [
                new() { Names = ["*.example.org", "example.org"], Issuer = "Let's Encrypt", IsPublic = true, Ends = Now.AddDays(73), DaysLeft = 73 },
                new() { Names = ["web.example.org"], Issuer = "Let's Encrypt", IsPublic = true, Ends = Now.AddDays(29), DaysLeft = 29, Urgency = 1, Complaint = "no answer" },
                new() { Names = ["new.example.org"], Issuer = "Let's Encrypt", IsPublic = true },
                new() { Names = ["*.example.org"], Issuer = "the home itself", Ends = Now.AddDays(80), DaysLeft = 80 },
            ],
        };

        Assert.Equal(
        [
            "  ✓ the certificate for *.example.org, example.org from Let's Encrypt ends in 73 days",
            "  ! the certificate for web.example.org from Let's Encrypt ends in 29 days: no answer",
            "  … no certificate for new.example.org from Let's Encrypt yet: it is being asked for",
        ], Print(status).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]);
    }

    [Fact]
    public void Status_as_JSON_is_stable()
    {
        var terminal = new Terminal();
        CliJson.Write(terminal.Io, Home, json => json.HomeStatus);
        Golden.Matches("status.json", terminal.Output);
    }

    [Fact]
    public void A_well_home_says_so_in_its_first_line() =>
        Assert.Equal("krynet · generation 14 · since yesterday 21:30 · all well", Print(Home with { Services = [Home.Services[0]], Drift = [] }).Split('\n')[0]);

    [Fact]
    public void Generations_are_listed_newest_first()
    {
        var writer = new StringWriter();
        new GenerationsView(writer, Ink.Plain, Now).Write(
        [
            new(13, Now.AddDays(-30), IsNewest: false, IsComplete: true, 0, ["+ photos/server", "+ media/jellyfin", "+ a/b", "+ c/d", "+ e/f"]),
            new(14, Now.AddHours(-21), IsNewest: false, IsComplete: false, 0, ["± photos/server"]),
            new(15, Now.AddMinutes(-5), IsNewest: true, IsComplete: true, 13, ["± photos/server"]),
        ]);
        Golden.Matches("generations.txt", writer.ToString());
    }

    private static string Print(HomeStatus status)
    {
        var writer = new StringWriter();
        new StatusView(writer, Ink.Plain, Now).Write(status);
        return writer.ToString();
    }
}
