using Homestack.Machine;

namespace Homestack.Tests.Machine;

public sealed class HomeFoldersTests
{
    [Fact]
    public void Root_has_the_system_folders() => Assert.Equal(new("/var/lib/homestack", "/run/homestack"), HomeFolders.Resolve(null, isRoot: true, _ => null));

    [Fact]
    public void Others_have_the_folders_of_the_desktop_specification() =>
        Assert.Equal(new("/s/homestack", "/r/homestack"), HomeFolders.Resolve(null, isRoot: false, name => name switch { "XDG_STATE_HOME" => "/s", "XDG_RUNTIME_DIR" => "/r", _ => "/home/ana" }));

    [Fact]
    public void Without_the_variables_everything_is_beneath_the_user() =>
        Assert.Equal(new("/home/ana/.local/state/homestack", "/home/ana/.local/state/homestack/run"), HomeFolders.Resolve(null, isRoot: false, name => name == "HOME" ? "/home/ana" : null));

    [Fact]
    public void A_state_folder_that_was_asked_for_has_its_sockets_too() => Assert.Equal(new("/x", "/x/run"), HomeFolders.Resolve("/x", isRoot: true, _ => null));
}
