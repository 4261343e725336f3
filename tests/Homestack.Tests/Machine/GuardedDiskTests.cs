using Homestack.Machine;
using Homestack.Tests.Model;

namespace Homestack.Tests.Machine;

public sealed class GuardedDiskTests
{
    [Fact]
    public void Writes_nothing_more_after_a_failed_fsync_and_goes_on_reading()
    {
        var faults = new Faults();
        var disk = new GuardedDisk(new MemoryDisk(faults));
        disk.WriteDurably("/a", "old"u8);
        using var file = disk.OpenAppend("/b");
        faults.Restart(new(4, FaultWhen.Before, IsCrash: false));

        Assert.Equal(MachineFailure.StorageBroken, Assert.Throws<MachineException>(() => disk.WriteDurably("/a", "new"u8)).Kind);
        var calls = faults.Calls.Count;
        Assert.Equal(MachineFailure.StorageBroken, Assert.Throws<MachineException>(() => disk.WriteDurably("/a", "new"u8)).Kind);
        Assert.Equal(MachineFailure.StorageBroken, Assert.Throws<MachineException>(() => file.Write("x"u8)).Kind);
        Assert.Equal(MachineFailure.StorageBroken, Assert.Throws<MachineException>(() => disk.Delete("/a")).Kind);
        Assert.Equal(calls, faults.Calls.Count);
        Assert.Equal("old"u8.ToArray(), disk.Read("/a", 10));
    }
}
