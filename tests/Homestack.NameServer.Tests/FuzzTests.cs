using Homestack.NameServer.Resolution;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>Two hundred thousand mutated packets: no exception, no growth, and good questions are answered in between.</summary>
[Collection(Alone.Name)]
public sealed class FuzzTests
{
    private static readonly int Packets = Environment.GetEnvironmentVariable("HOMESTACK_LONG") is { Length: > 0 } ? 10_000_000 : 200_000;

    [Fact]
    public void Mutated_questions_harm_nothing()
    {
        var random = Seeded();
        using var engine = Engine(Zone(
            "home.arpa", "nas.home.arpa A 192.168.1.2", "*.w.home.arpa TXT \"w\"", "c.home.arpa CNAME nas.home.arpa", "loop.home.arpa CNAME loop.home.arpa", "m.home.arpa MX 1 nas.home.arpa"));
        string[] names = ["nas.home.arpa", "a.b.w.home.arpa", "c.home.arpa", "loop.home.arpa", "m.home.arpa", "nowhere.example", "."];
        var client = Clients.ClientAddress.From(Lan.Address);
        var output = new byte[1232];
        var before = 0L;
        for (var count = 0; count < Packets; count++)
        {
            var packet = Mutate(random, Message.Query(names[random.Next(names.Length)], random.Next(2) == 0 ? A : random.Next(300), payload: random.Next(4) == 0 ? null : random.Next(65536)));
            engine.TryAnswer(packet, client, random.Next(8) == 0, output, out var length);
            Assert.InRange(length, 0, 1232);
            if (length > 0)
            {
                Assert.True((output[2] & 0x80) != 0 && output[0] == packet[0] && output[1] == packet[1]);
            }

            if (count % 1000 == 0)
            {
                Assert.Equal(["nas.home.arpa. 1 192.168.1.2"], engine.Ask("nas.home.arpa", A).AnswerSet);
            }

            if (count == Packets / 10)
            {
                before = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 2 << 20);
    }

    [Fact]
    public void Mutated_answers_of_an_upstream_harm_nothing()
    {
        var random = Seeded();
        var good = FakeAnswer.To(Message.Query("www.example.com", A))
            .Cname("www.example.com", "a.example.net").A("a.example.net", "198.51.100.1").Mx("a.example.net", "mail.example.net").Soa("example.com").Bytes;
        var name = Message.NameBytes("www.example.com");
        var read = 0;
        for (var count = 0; count < Packets; count++)
        {
            var packet = Mutate(random, good);
            if (ReplyReader.Read(packet, name, RecordType.A, random.Next(2) == 0, random.Next(2) == 0) is { } reply)
            {
                read++;
                Assert.InRange(reply.TtlSeconds, 0u, ReplyReader.MaxTtlSeconds);
                Assert.NotNull(CachedAnswer.Create(name, reply, 0));
            }
        }

        Assert.InRange(read, 1, Packets);
    }

    private static byte[] Mutate(Random random, byte[] packet)
    {
        packet = [.. packet];
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            switch (random.Next(6))
            {
                case 0 when packet.Length > 0:
                    packet = packet[..random.Next(packet.Length)];
                    break;
                case 1:
                    packet = [.. packet, .. new byte[random.Next(40)]];
                    break;
                case 2 when packet.Length > 2:
                    packet[random.Next(packet.Length)] = 0xC0;
                    break;
                case 3 when packet.Length > 12:
                    packet[random.Next(12)] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    if (packet.Length > 0)
                    {
                        packet[random.Next(packet.Length)] = (byte)random.Next(256);
                    }

                    break;
            }
        }

        return packet;
    }
}
