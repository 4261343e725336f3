using Homestack.Machine;

namespace Homestack.Tests.Machine;

public sealed class RealDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RealDisk disk = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Writes_a_whole_file_that_only_its_owner_may_read()
    {
        disk.WriteDurably(folder.At("a"), "hello"u8);

        Assert.Equal("hello"u8.ToArray(), disk.Read(folder.At("a"), 5));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.At("a")));
        Assert.Equal(["a"], disk.List(folder.Path));
    }

    [Fact]
    public void Appends_and_cuts()
    {
        using (var file = disk.OpenAppend(folder.At("a")))
        {
            file.Write("one"u8);
            file.Write("two"u8);
            file.Sync();
            file.Truncate(4);
            file.Write("3"u8);
        }

        Assert.Equal("onet3"u8.ToArray(), disk.Read(folder.At("a"), 100));
    }

    [Fact]
    public void Refuses_to_read_more_than_the_limit()
    {
        disk.WriteDurably(folder.At("a"), "hello"u8);

        Assert.Contains("larger than 4 bytes", Assert.Throws<MachineException>(() => disk.Read(folder.At("a"), 4)).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev")]
    public void Refuses_to_read_what_is_no_file(string path) => Assert.Equal(MachineFailure.Conflict, Assert.Throws<MachineException>(() => disk.Read(path, 10)).Kind);

    [Fact]
    public void Makes_folders_and_removes_trees()
    {
        disk.MakeFolders(folder.At("x/y/z"));
        disk.WriteDurably(folder.At("x/y/z/f"), "1"u8);
        disk.WriteDurably(folder.At("x/f"), "1"u8);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.At("x/y")));
        Assert.Equal(DiskEntry.Folder, disk.Look(folder.At("x/y/z")));
        Assert.Equal(DiskEntry.Nothing, disk.Look(folder.At("x/f/beneath")));
        disk.DeleteTree(folder.At("x"));
        Assert.Equal(DiskEntry.Nothing, disk.Look(folder.At("x")));
        Assert.Empty(disk.List(folder.At("x")));
    }

    [Fact]
    public void Names_the_call_that_failed()
    {
        var failure = Assert.Throws<MachineException>(() => disk.Rename(folder.At("a"), folder.At("b")));

        Assert.Equal(MachineFailure.NotFound, failure.Kind);
        Assert.StartsWith("rename ", failure.Call, StringComparison.Ordinal);
        Assert.Contains("No such file", failure.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_one_hold_a_lock_and_the_next_have_it_afterwards()
    {
        using (disk.TryLock(folder.At("lock"), "me"u8))
        {
            Assert.Null(disk.TryLock(folder.At("lock"), "you"u8));
            Assert.Equal("me"u8.ToArray(), disk.Read(folder.At("lock"), 10));
        }

        using var second = disk.TryLock(folder.At("lock"), "you"u8);
        Assert.NotNull(second);
    }
}
