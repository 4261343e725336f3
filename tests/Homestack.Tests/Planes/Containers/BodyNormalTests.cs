using Homestack.Collections;
using Homestack.Planes.Containers;

namespace Homestack.Tests.Planes.Containers;

public sealed class BodyNormalTests
{
    [Fact]
    public void What_an_engine_shows_for_defaults_means_nothing_was_asked() =>
        Assert.Equal(BodyNormal.Of(new()), BodyNormal.Of(new()
        {
            Hostname = "", User = "", StopTimeout = 10, Tty = false, Cmd = [], Healthcheck = new() { Interval = 0 },
            HostConfig = new() { ShmSize = 64 << 20, Runtime = "runc", NetworkMode = "default", IpcMode = "private", LogConfig = new("json-file", null), Privileged = false, CapAdd = [], Memory = 5 },
        }));

    [Theory]
    [InlineData("/srv/a:/data:ro", "bind", "/srv/a", true)]
    [InlineData("/srv/a/:/data/", "bind", "/srv/a", false)]
    [InlineData("named:/data", "volume", "named", false)]
    public void The_short_and_the_long_notation_of_a_mount_are_one(string bind, string type, string source, bool isReadOnly) =>
        Assert.Equal(
            BodyNormal.Of(new() { HostConfig = new() { Mounts = [new() { Type = type, Source = source, Target = "/data", ReadOnly = isReadOnly }] } }),
            BodyNormal.Of(new() { HostConfig = new() { Binds = [bind] } }));

    [Fact]
    public void Order_and_prefix_do_not_matter_where_they_mean_nothing() =>
        Assert.Equal(
            BodyNormal.Of(new() { HostConfig = new() { CapAdd = ["NET_ADMIN", "SYS_TIME"], GroupAdd = ["a", "b"] } }),
            BodyNormal.Of(new() { HostConfig = new() { CapAdd = ["CAP_SYS_TIME", "CAP_NET_ADMIN"], GroupAdd = ["b", "a"] } }));

    [Fact]
    public void An_order_that_means_something_stays() =>
        Assert.NotEqual(BodyNormal.Of(new() { HostConfig = new() { Dns = ["1.1.1.1", "9.9.9.9"] } }), BodyNormal.Of(new() { HostConfig = new() { Dns = ["9.9.9.9", "1.1.1.1"] } }));

    [Fact]
    public void Our_own_labels_are_not_compared_and_others_are()
    {
        var labels = new[] { "homestack.home", "theirs" }.ToValueMap(name => name, _ => "x");
        Assert.Equal(["theirs"], BodyNormal.Of(new() { Labels = labels }).Labels?.Keys ?? []);
    }

    [Fact]
    public void It_is_its_own_normal_form()
    {
        var once = BodyNormal.Of(new() { Hostname = "a", HostConfig = new() { Binds = ["/a:/b:ro", "v:/c"], CapDrop = ["CAP_KILL"], ShmSize = 1 } });
        Assert.Equal(once, BodyNormal.Of(once));
    }
}
