using Homestack.Machine;

namespace Homestack.Tests.Machine;

public sealed class EditedFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void What_is_there_is_replaced_and_its_mode_stays()
    {
        var path = folder.At("a");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        EditedFile.Replace(path, "old"u8, "new"u8);

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path) ?? ""));
    }

    [Theory, InlineData("other"), InlineData("old and more"), InlineData("ol"), InlineData("")]
    public void What_somebody_changed_meanwhile_is_left_alone(string meanwhile)
    {
        var path = folder.At("a");
        File.WriteAllText(path, meanwhile);

        Assert.Throws<MachineException>(() => EditedFile.Replace(path, "old"u8, "new"u8));

        Assert.Equal(meanwhile, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path) ?? ""));
    }

    [Fact]
    public void A_symbolic_link_goes_on_leading_there()
    {
        var (path, link) = (folder.At("a"), folder.At("b"));
        File.WriteAllText(path, "old");
        File.CreateSymbolicLink(link, path);

        EditedFile.Replace(link, "old"u8, "new"u8);

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(path, new FileInfo(link).LinkTarget);
    }

    public void Dispose() => folder.Dispose();
}
