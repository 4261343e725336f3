using Homestack.EndToEnd.Homes;

namespace Homestack.EndToEnd.Remote;

/// <summary>A container engine on another machine, through a real sshd.</summary>
[Collection(RemoteCollection.Name)]
public sealed class SshTests(FarEngine far)
{
    [Theory]
    [InlineData("far")]
    [InlineData("bare")]
    public async Task A_service_comes_up_changes_and_goes_with_and_without_a_docker_program_there(string host)
    {
        await using var home = new FarHousehold(far, "through");
        home.On(far.Through(host)).Write(new StackText().Worker("app", "test/app:1", "x-homestack: { host: far }").Store("data", "test/app:1", "kept", "x-homestack: { host: far }"));
        await home.ConvergeAsync();
        (await home.PlanAsync()).Expect(0);
        Assert.Equal(2, (await far.Engine.Api.GetAsync("containers/json")).AsArray().Count);

        home.Write(new StackText().Worker("app", "test/app:2", "x-homestack: { host: far }"));
        await home.ConvergeAsync();
        (await home.PlanAsync()).Expect(0);
        Assert.Equal("test/app:2", (string?)Assert.Single((await far.Engine.Api.GetAsync("containers/json?all=true")).AsArray())?["Image"]);
        Assert.Single((await far.Engine.Api.GetAsync("volumes"))["Volumes"]?.AsArray() ?? []);
    }

    [Theory]
    [InlineData("stranger", "host key of stranger is not known", "accept it once: ssh stranger")]
    [InlineData("impostor", "not the one that was known", "ssh-keygen -R impostor")]
    [InlineData("locked", "takes none of our keys", "ssh-copy-id locked")]
    [InlineData("off", "refuses connections", "ssh off")]
    [InlineData("silent", "does not answer", "ssh silent")]
    [InlineData("nowhere.invalid", "no host of the name", "~/.ssh/config")]
    public async Task What_stands_in_the_way_is_told_with_the_next_command_and_soon(string host, string words, string next)
    {
        await using var home = new FarHousehold(far, "refused");
        var said = (await home.On(far.Through(host)).Write(Worker()).PlanAsync()).Expect(1);
        var text = string.Join(' ', said.Said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(words, text);
        Assert.Contains(next, text);
        Assert.True(said.Took < TimeSpan.FromSeconds(20), said.ToString());
    }

    [Fact]
    public async Task A_machine_without_an_engine_is_told_apart_from_one_that_is_off()
    {
        await using var home = new FarHousehold(far, "empty");
        var said = (await home.On("ssh://far/no/such.sock").Write(Worker()).PlanAsync()).Expect(1);
        Assert.Contains("no container engine", said.Said);
        Assert.Contains("systemctl start docker", said.Said);
    }

    private static StackText Worker() => new StackText().Worker("app", "test/app:1", "x-homestack: { host: far }");
}
