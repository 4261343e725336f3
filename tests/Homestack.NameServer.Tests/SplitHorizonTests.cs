using System.Net;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>Ten thousand names, six views, every cache warm: nothing of one view reaches another, and no upstream gives an address of the house (D5).</summary>
public sealed class SplitHorizonTests
{
    private const int Names = 10_000, Foreign = 500;

    private static readonly string[] Private = ["10.1.2.3", "127.0.0.1", "192.168.1.2", "169.254.1.1", "172.16.0.1", "172.31.255.255", "0.0.0.0", "::1", "fd00::1", "fe80::1", "::ffff:10.1.2.3", "64:ff9b::a01:203"];

    [Fact]
    public async Task Nothing_crosses_between_views_however_warm_the_caches()
    {
        var random = Seeded();
        var views = Enumerable.Range(0, 6).Select(number => new View($"v{number}", [IPNetwork.Parse($"10.{number}.0.0/16")])).ToArray();

        // A name is seen by some views, in each with an address that tells the view; a third are aliases that lead away, so that caches fill.
        var seen = Enumerable.Range(0, Names).Select(_ => Enumerable.Range(0, 6).Where(_ => random.Next(3) == 0).DefaultIfEmpty(random.Next(6)).ToArray()).ToArray();
        var records = seen.SelectMany((owners, number) => owners.Select(view =>
            Record(number % 3 == 0 ? $"{Name(number)} CNAME t{number % Foreign}.v{view}.example.com" : $"{Name(number)} A 192.0.{view}.{number % 250}", $"v{view}"))).ToArray();
        await using var upstream = FakeUpstream.Answering(answer =>
        {
            var question = new Message(answer.Bytes).Question.ToLowerInvariant();
            var number = question[0] == 't' ? int.Parse(question[1..question.IndexOf('.', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture) : 0;
            return answer.A(question, $"198.51.{question[question.IndexOf('v', StringComparison.Ordinal) + 1]}.{number % 250}").A(question, Private[number % 7]);
        });
        using var engine = Engine(new NameSnapshot { Views = views, Zones = [new Zone(DnsName.Parse("z.test"), records)], Upstreams = [upstream.Address()] }, new NameEngineOptions { RateLimit = null, CacheEntries = 100_000 });
        var (answered, leaks) = (0, new List<string>());

        // Twice: the second time every cache is warm.
        for (var round = 0; round < 2; round++)
        {
            for (var number = 0; number < Names; number++)
            {
                for (var view = 0; view < 6; view++)
                {
                    var answer = await AskAsync(engine, Name(number), view);
                    answered += answer.Answers.Count > 0 ? 1 : 0;
                    if (seen[number].Contains(view) ? answer.Code != 0 || answer.Answers.Count == 0 || !answer.Answers.TrueForAll(record => IsOf(record, view)) : (answer.Code, answer.Answers.Count) != (3, 0))
                    {
                        leaks.Add($"{Name(number)} in v{view}: {answer.Code} {string.Join("; ", answer.AnswerSet)}");
                    }
                }
            }
        }

        Assert.Empty(leaks);
        Assert.Equal(2 * seen.Sum(owners => owners.Length), answered);
        Assert.InRange(upstream.Asked.Count, 1000, 3100);
    }

    [Fact]
    public async Task No_address_of_the_house_comes_from_an_upstream()
    {
        await using var lying = new FakeUpstream((query, _) =>
        {
            var question = new Message(query).Question;
            return [Private.Aggregate(FakeAnswer.To(query).Cname(question, "x.example.net"), (answer, address) => answer.A("x.example.net", address)).Bytes];
        });
        using var engine = Engine(new NameSnapshot { Views = Views, Upstreams = [lying.Address()] });
        for (var number = 0; number < 200; number++)
        {
            foreach (var type in new[] { A, Aaaa })
            {
                var answer = await engine.AskAsync($"n{number}.example.com", type);
                Assert.DoesNotContain(answer.Answers, record => record.Type is A or Aaaa);
            }
        }
    }

    private static string Name(int number) => $"h{number}.d{number % 97}.z.test";

    private static bool IsOf(Message.Record record, int view) => record.Type switch
    {
        A => record.Value.StartsWith($"192.0.{view}.", StringComparison.Ordinal) || record.Value.StartsWith($"198.51.{view}.", StringComparison.Ordinal),
        _ => record.Value.Contains($".v{view}.", StringComparison.Ordinal),
    };

    private static async Task<Message> AskAsync(NameEngine engine, string name, int view)
    {
        var output = new byte[1232];
        var length = await engine.AnswerAsync(Message.Query(name, A), new IPEndPoint(IPAddress.Parse($"10.{view}.3.4"), 1), false, output, TestContext.Current.CancellationToken);
        return new Message(output[..length]);
    }
}
