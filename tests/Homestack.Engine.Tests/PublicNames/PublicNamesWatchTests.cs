using System.Net;
using Homestack.Collections;
using Homestack.Engine.PublicNames;
using Homestack.Machine;

namespace Homestack.Engine.Tests.PublicNames;

/// <summary>The public DNS is told of an address when it is another, and not otherwise.</summary>
public sealed class PublicNamesWatchTests : IDisposable
{
    private static readonly PublicNamesWish Wish = new(["home.example.org", "*.home.example.org"], [new("https://who.example/")], new("cloudflare", ValueMap<string>.Empty));

    private readonly Provider provider = new();
    private readonly string folder = Directory.CreateTempSubdirectory("homestack-public-").FullName;
    private readonly List<string> log = [];
    private PublicNamesWish? wish = Wish;
    private Func<IPAddress> address = () => IPAddress.Parse("203.0.113.7");

    [Fact]
    public async Task An_address_is_told_once_and_again_when_it_is_another_or_the_names_are_others()
    {
        var watch = Watch();
        await LookAsync(watch, 3);
        Assert.Equal(["home.example.org *.home.example.org 203.0.113.7"], provider.Told);

        address = () => IPAddress.Parse("203.0.113.8");
        await LookAsync(watch, 3);
        Assert.Equal("home.example.org *.home.example.org 203.0.113.8", provider.Told[1]);

        wish = Wish with { Names = ["home.example.org"] };
        await LookAsync(watch, 3);
        Assert.Equal("home.example.org 203.0.113.8", provider.Told[2]);

        address = () => IPAddress.Parse("2001:db8::1");
        await LookAsync(watch, 3);
        Assert.Equal("home.example.org 2001:db8::1", provider.Told[3]);

        address = () => IPAddress.Parse("203.0.113.8");
        await LookAsync(watch, 3);
        Assert.Equal(4, provider.Told.Count);
    }

    [Fact]
    public async Task A_restart_tells_nothing_twice()
    {
        await LookAsync(Watch(), 1);
        await LookAsync(Watch(), 1);
        Assert.Single(provider.Told);
    }

    [Fact]
    public async Task What_was_refused_is_tried_again_and_said_once()
    {
        provider.Fails = true;
        var watch = Watch();
        await LookAsync(watch, 3);
        Assert.Equal(["public names: ask provider: It is away. Wait."], log);

        provider.Fails = false;
        await LookAsync(watch, 2);
        Assert.Single(provider.Told);
    }

    [Fact]
    public async Task Nothing_is_asked_when_nothing_is_wanted()
    {
        wish = null;
        address = () => throw new InvalidOperationException("asked");
        await LookAsync(Watch(), 2);
        Assert.Empty(provider.Told);
        Assert.Empty(log);
    }

    [Theory]
    [InlineData("203.0.113.7", true), InlineData("8.8.8.8", true), InlineData("2606:4700::1", true), InlineData("100.63.0.1", true), InlineData("172.32.0.1", true)]
    [InlineData("10.0.0.1", false), InlineData("192.168.1.1", false), InlineData("172.16.0.1", false), InlineData("100.64.0.1", false), InlineData("169.254.1.1", false), InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false), InlineData("224.0.0.1", false), InlineData("255.255.255.255", false), InlineData("::1", false), InlineData("fd00::1", false), InlineData("fe80::1", false), InlineData("::ffff:8.8.8.8", false)]
    public void Only_addresses_of_the_internet_are_believed(string text, bool isBelieved) => Assert.Equal(isBelieved, AddressQuestion.IsPublic(IPAddress.Parse(text)));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private PublicNamesWatch Watch() => new(() => wish, _ => provider, (_, _) => Task.FromResult(address()), new(new RealDisk(), Path.Combine(folder, "told")), TimeProvider.System, new Random(1), log.Add);

    private static async Task LookAsync(PublicNamesWatch watch, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await watch.LookAsync(TestContext.Current.CancellationToken);
        }
    }

    private sealed class Provider : IPublicDns
    {
        public List<string> Told { get; } = [];

        public bool Fails { get; set; }

        public Task SetAsync(ValueList<string> names, IPAddress address, CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new MachineException("ask provider", "It is away.", "Wait.");
            }

            Told.Add($"{string.Join(' ', names)} {address}");
            return Task.CompletedTask;
        }
    }
}
