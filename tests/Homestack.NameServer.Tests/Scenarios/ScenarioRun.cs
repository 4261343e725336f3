using System.Globalization;
using System.Net;

namespace Homestack.NameServer.Tests.Scenarios;

/// <summary>Plays one scenario, line by line, and says where it went otherwise.</summary>
internal sealed class ScenarioRun : IAsyncDisposable
{
    private static readonly string[] Codes = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];

    private readonly Dictionary<string, ScriptUpstream> upstreams = [];
    private readonly List<(DnsName Domain, string To)> forwards = [];
    private readonly List<View> views = [];
    private readonly List<Zone> zones = [];
    private readonly StandingTime time = new();
    private NameEngine? engine;
    private byte[] cookie = [];

    public static int CodeOf(string word) => word == "BADVERS" ? 16 : Array.IndexOf(Codes, word) is >= 0 and var code ? code : throw new FormatException($"{word} is no code.");

    public static async Task PlayAsync(Scenario scenario)
    {
        await using var run = new ScenarioRun();
        foreach (var line in scenario.Lines)
        {
            await run.StepAsync(line);
        }

        Assert.True(run.engine is not null, $"{scenario}: nothing is asked.");
    }

    public async ValueTask DisposeAsync()
    {
        engine?.Dispose();
        foreach (var upstream in upstreams.Values)
        {
            await upstream.DisposeAsync();
        }
    }

    private async Task StepAsync(ScriptLine line)
    {
        var words = line.Words;
        switch (words[0])
        {
            case "zone":
                zones.Add(new Zone(DnsName.Parse(words[1]), [.. line.Below.Select(Record)]));
                break;
            case "view":
                views.Add(new View(words[1], [.. words.Skip(2).Where(word => word != "without-recursion").Select(word => IPNetwork.Parse(word))]) { IsRecursive = words[^1] != "without-recursion" });
                break;
            case "forward":
                forwards.Add((DnsName.Parse(words[1]), words[3]));
                break;
            case "upstream" when upstreams.TryGetValue(words[1], out var known):
                known.Become(line.Below);
                break;
            case "upstream":
                upstreams.Add(words[1], new ScriptUpstream(line.Below));
                break;
            case "swap":
                Engine().Swap(Snapshot());
                break;
            case "cannot":
                engine = new NameEngine();
                Assert.True(Record(() => engine.Swap(Snapshot())) is ArgumentException or FormatException, $"{line.Place}: it is served");
                break;
            case "time":
                time.Shift(TimeSpan.FromSeconds(int.Parse(words[2], CultureInfo.InvariantCulture)));
                break;
            case "asked":
                Check(line, words[2], upstreams[words[1]].Questions.ToString(CultureInfo.InvariantCulture));
                break;
            case "last":
                Check(line, line.Text.Split(": ", 2)[1], upstreams[words[1].TrimEnd(':')].LastQuestion());
                break;
            case "ask":
                await AskAsync(line);
                break;
            default:
                throw line.Unread("unknown step");
        }
    }

    private static Exception? Record(Action action) => Xunit.Record.Exception(action);

    private static ZoneRecord Record(ScriptLine line)
    {
        var views = line.Text.IndexOf(" @", StringComparison.Ordinal);
        var record = ScriptRecord.Read(views < 0 ? line.Text : line.Text[..views]);
        return new ZoneRecord(DnsName.Parse(record.Owner), (RecordType)record.Type, record.Value, uint.Parse(record.Ttl, CultureInfo.InvariantCulture), views < 0 ? [] : line.Text[(views + 2)..].Split(','));
    }

    private NameSnapshot Snapshot() => new()
    {
        Views = views.Count > 0 ? views : TestHome.Views,
        Zones = zones,
        Upstreams = [.. upstreams.Where(named => !forwards.Exists(forward => forward.To == named.Key)).Select(named => named.Value.Address)],
        Forwards = [.. forwards.Select(forward => new ForwardRule(forward.Domain, [upstreams[forward.To].Address]))],
    };

    private NameEngine Engine() => engine ??= TestHome.Engine(Snapshot(), new NameEngineOptions
    {
        RateLimit = null, StrangerLimit = null, Time = time, UpstreamTimeout = TimeSpan.FromSeconds(1.5), StaleAfter = TimeSpan.FromSeconds(1),
    });

    private async Task AskAsync(ScriptLine line)
    {
        var question = new ScriptQuestion(line, cookie);
        var server = Engine();
        var answers = await Task.WhenAll(Enumerable.Range(0, question.Times).Select(async _ =>
        {
            var output = new byte[65_535];
            var length = await server.AnswerAsync(question.Bytes, question.Client, question.IsTcp, output, TestContext.Current.CancellationToken);
            return output[..length];
        }));
        foreach (var answer in answers)
        {
            var given = new ScriptAnswer(answer, question);
            given.Check(line);
            cookie = given.Cookie ?? cookie;
        }
    }

    private static void Check(ScriptLine line, string expected, string got) =>
        Assert.True(expected == got, $"{line.Place}: {line.Text}\nexpected: {expected}\ngot:      {got}");

    /// <summary>A clock that moves only when it is told; delays are real.</summary>
    private sealed class StandingTime : TimeProvider
    {
        private readonly DateTimeOffset start = DateTimeOffset.UtcNow;
        private readonly long began = System.GetTimestamp();
        private TimeSpan shift;

        public void Shift(TimeSpan by) => shift += by;

        public override long GetTimestamp() => began + (long)(shift.TotalSeconds * TimestampFrequency);

        public override DateTimeOffset GetUtcNow() => start + shift;
    }
}
