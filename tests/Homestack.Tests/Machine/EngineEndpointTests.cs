using Homestack.Machine;

namespace Homestack.Tests.Machine;

public sealed class EngineEndpointTests
{
    [Theory]
    [InlineData("unix:///run/a.sock", "Unix||0||/run/a.sock")]
    [InlineData("ssh://nuc", "Ssh|nuc|0||")]
    [InlineData("ssh://ana@nuc:2222/run/user/1000/docker.sock", "Ssh|nuc|2222|ana|/run/user/1000/docker.sock")]
    [InlineData("ssh://[fd00::1]", "Ssh|fd00::1|0||")]
    [InlineData("tcp://10.0.0.1", "Tcp|10.0.0.1|2376||")]
    public void An_address_is_taken_apart(string address, string expected)
    {
        var endpoint = EngineEndpoint.Parse(address);
        Assert.Equal(expected, $"{endpoint.Kind}|{endpoint.Host}|{endpoint.Port}|{endpoint.User}|{endpoint.Path}");
    }

    [Theory]
    [InlineData("unix://")]
    [InlineData("ssh://-oProxyCommand=x")]
    [InlineData("ssh://-l@host")]
    [InlineData("ssh://host/a;reboot")]
    [InlineData("ssh://host/$(reboot)")]
    [InlineData("tcp://host/path")]
    [InlineData("http://host")]
    public void What_could_be_an_option_or_a_command_is_no_address(string address) => Assert.Throws<MachineException>(() => EngineEndpoint.Parse(address));
}
