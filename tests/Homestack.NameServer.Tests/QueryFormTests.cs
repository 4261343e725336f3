using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>What is a question and what is not: RFC 1035 §4.1, RFC 6891, RFC 9619.</summary>
[Collection(Alone.Name)]
public sealed class QueryFormTests
{
    private readonly NameEngine engine = Engine(Zone("home.arpa", "nas.home.arpa A 192.168.1.2", "many.home.arpa TXT \"x\""));

    [Fact]
    public void Answers_with_the_id_the_question_and_its_case()
    {
        var answer = engine.Send(Message.Query("nAs.HOME.arpa", A, id: 0xBEEF));
        Assert.Equal(0xBEEF, answer.Id);
        Assert.Equal("nAs.HOME.arpa.", answer.Question);
        Assert.Equal("nAs.HOME.arpa.", answer.Answers.Single().Owner);
        Assert.True(answer.IsAuthoritative);
        Assert.False(answer.IsAuthentic);
        Assert.False(answer.OffersRecursion);
    }

    [Fact]
    public void Stays_silent_to_answers_and_to_scraps()
    {
        var answer = Message.Query("nas.home.arpa", A);
        answer[2] |= 0x80;
        Assert.Empty(engine.Send(answer).Bytes);
        Assert.Empty(engine.Send([1, 2, 3]).Bytes);
    }

    [Fact]
    public void Refuses_other_operations_as_not_implemented()
    {
        var update = Message.Query("home.arpa", Soa);
        update[2] = 5 << 3;
        Assert.Equal(4, engine.Send(update).Code);
    }

    public static TheoryData<string, byte[]> Malformed()
    {
        var good = Message.Query("nas.home.arpa", A);
        byte[] Changed(int at, byte value) => [.. good[..at], value, .. good[(at + 1)..]];
        return new TheoryData<string, byte[]>
        {
            { "two questions", Changed(5, 2) },
            { "no question", Changed(5, 0) },
            { "an answer in the question", Changed(7, 1) },
            { "a name that points", Changed(12, 0xC0) },
            { "a label of 64 bytes", Changed(12, 0x40) },
            { "a byte too many", [.. good, 0] },
            { "a byte too few", good[..^1] },
            { "more records than there are", Changed(11, 2) },
            { "an OPT that is not at the root", Changed(good.Length - 11, 1) },
            { "a second OPT", [.. Changed(11, 2), .. good[^11..]] },
            { "an option longer than its record", [.. good[..^1], 4, 0, 10, 0, 9] },
            { "only a header", good[..12] },
        };
    }

    [Theory, MemberData(nameof(Malformed))]
    public void Answers_what_is_malformed_with_format_error(string what, byte[] packet) =>
        Assert.True(engine.Send(packet).Code == 1, what);

    [Fact]
    public void Answers_an_unknown_version_of_EDNS_with_BADVERS()
    {
        var answer = engine.Send(Message.Query("nas.home.arpa", A, version: 1));
        Assert.Equal(16, answer.Code);
        Assert.True(answer.HasOpt);
    }

    [Fact]
    public void Sends_OPT_to_those_who_sent_it_and_to_no_others()
    {
        Assert.True(engine.Send(Message.Query("nas.home.arpa", A)).HasOpt);
        Assert.False(engine.Send(Message.Query("nas.home.arpa", A, payload: null)).HasOpt);
    }

    [Fact]
    public void Cuts_what_does_not_fit_and_says_so()
    {
        using var large = Engine(Zone("home.arpa", [.. Enumerable.Range(0, 60).Select(number => $"many.home.arpa A 192.168.2.{number}")]));
        using var some = Engine(Zone("home.arpa", [.. Enumerable.Range(0, 15).Select(number => $"many.home.arpa A 192.168.2.{number}")]));
        var plain = large.Send(Message.Query("many.home.arpa", A, payload: null));
        Assert.True(plain.IsTruncated);
        Assert.True(plain.Bytes.Length <= 512);
        Assert.Empty(plain.Answers);
        Assert.Equal(15, some.Send(Message.Query("many.home.arpa", A, payload: 4096)).Answers.Count);
        using var larger = Engine(Zone("home.arpa", [.. Enumerable.Range(0, 250).Select(number => $"many.home.arpa A 192.168.2.{number}")]));
        Assert.True(larger.Send(Message.Query("many.home.arpa", A, payload: 4096)).IsTruncated);
        Assert.Equal(250, larger.Send(Message.Query("many.home.arpa", A), isTcp: true).Answers.Count);
    }

    [Fact]
    public void Refuses_transfers_and_other_classes()
    {
        Assert.Equal(5, engine.Ask("home.arpa", 252).Code);
        var chaos = Message.Query("nas.home.arpa", A, payload: null);
        chaos[^1] = 3;
        Assert.Equal(5, engine.Send(chaos).Code);
    }

    [Fact]
    public void An_answer_from_our_zones_allocates_nothing()
    {
        var query = Message.Query("nas.home.arpa", A);
        var output = new byte[1232];
        var client = Clients.ClientAddress.From(Lan.Address);
        for (var warm = 0; warm < 1000; warm++)
        {
            engine.TryAnswer(query, client, false, output, out _);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 10_000; count++)
        {
            engine.TryAnswer(query, client, false, output, out _);
        }

        // A collection that another test causes counts the rest of this thread's page, so: less than one byte a question.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 9_999);
    }
}
