using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Engine.Naming;
using Homestack.Engine.Tests.Api;
using Homestack.Homes;
using Homestack.Manifests;

namespace Homestack.Engine.Tests.Naming;

/// <summary>The manifest is edited only when the world follows.</summary>
public sealed class NameGivingTests : IDisposable
{
    private const string Text = "homestack: 1\nhome: a # mine\nzones: { lan: 10.0.0.0/8 }\n";

    private static readonly NameWish Nas = NameWish.Read("""{ "name": "nas", "address": "10.0.0.2", "port": 80 }"""u8.ToArray());

    private readonly string folder = Directory.CreateTempSubdirectory("homestack-names-").FullName;

    private string Manifest => Path.Combine(folder, "homestack.yaml");

    public NameGivingTests() => File.WriteAllText(Manifest, Text);

    [Fact]
    public async Task A_name_is_in_the_manifest_and_in_what_is_applied()
    {
        using var home = new AskedHome();
        using var names = Names(home);

        Assert.Equal(4, (await names.GiveAsync(Nas, Cancellation)).Generation);

        Assert.Equal(Text + "sites:\n  nas: { proxy: \"http://10.0.0.2:80\", expose: [\"lan\"] }\n", await File.ReadAllTextAsync(Manifest, Cancellation));
        Assert.Equal("http://10.0.0.2:80", home.Applied?.Blueprint.Sites["nas"].Proxy);
    }

    [Fact]
    public async Task What_cannot_be_applied_is_taken_out_of_the_manifest_again()
    {
        using var home = new AskedHome { Result = new() { Outcome = ApplyOutcome.Refused } };
        using var names = Names(home);

        Assert.Equal(409, (await Assert.ThrowsAsync<NameRefusal>(() => names.GiveAsync(Nas, Cancellation))).Status);
        Assert.Equal(Text, await File.ReadAllTextAsync(Manifest, Cancellation));
    }

    [Fact]
    public async Task A_manifest_with_errors_is_left_alone()
    {
        await File.AppendAllTextAsync(Manifest, "sties: {}\n", Cancellation);
        using var home = new AskedHome();
        using var names = Names(home);

        var refusal = await Assert.ThrowsAsync<NameRefusal>(() => names.GiveAsync(Nas, Cancellation));
        Assert.Contains("HS1020", refusal.Message, StringComparison.Ordinal);
        Assert.Null(home.Applied);
    }

    [Fact]
    public async Task Before_the_first_apply_nothing_is_given()
    {
        using var home = new AskedHome();
        using var names = new NameGiving(home, () => null, ValueMap<string>.Empty);

        Assert.Empty(names.List());
        Assert.Equal(409, (await Assert.ThrowsAsync<NameRefusal>(() => names.GiveAsync(Nas, Cancellation))).Status);
    }

    [Theory]
    [InlineData("""{ "name": "nas" }""")]
    [InlineData("""{ "name": "NAS", "address": "10.0.0.2" }""")]
    [InlineData("""{ "name": "nas\n", "address": "10.0.0.2" }""")]
    [InlineData("""{ "name": "nas", "address": "10.0.0.2\", expose: [public] }" }""")]
    [InlineData("""{ "name": "nas", "address": "10.0.0.2", "port": 0 }""")]
    [InlineData("""{ "name": "nas", "address": "10.0.0.2", "port": 80, "scheme": "ftp" }""")]
    [InlineData("""{ "name": "nas", "address": "10.0.0.2", "port": 80, "expose": ["lan, public"] }""")]
    [InlineData("""{ "name": "nas", "address": "10.0.0.2", "owner": "ana" }""")]
    [InlineData("[]")]
    [InlineData("nas")]
    public void What_is_no_name_is_refused(string json) => Assert.Throws<InvalidDataException>(() => NameWish.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private NameGiving Names(AskedHome home) => new(home, () => (folder, LoadedHome.Load(folder, new LoadOptions(ValueMap<string>.Empty, [])).Blueprint ?? new Blueprint { Home = "a" }), ValueMap<string>.Empty);
}
