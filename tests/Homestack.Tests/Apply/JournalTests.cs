using Homestack.Apply;
using Homestack.Machine;
using Homestack.Tests.Model;

namespace Homestack.Tests.Apply;

public sealed class JournalTests
{
    private readonly Faults faults = new();
    private readonly MemoryDisk disk;

    public JournalTests() => disk = new(faults);

    [Fact]
    public void Reads_what_was_written_and_forgets_it_when_the_next_apply_begins()
    {
        var journal = New();
        journal.Begin(3);
        journal.Write(new() { Kind = JournalEntryKind.Step, Step = 1, Words = "one\ntwo" });

        Assert.Equal([(JournalEntryKind.Begin, 3, 0), (JournalEntryKind.Step, 3, 1)], New().Read().Select(entry => (entry.Kind, entry.Generation, entry.Step)));
        Assert.Equal(2, New().Interrupted().Count);
        journal.Write(new() { Kind = JournalEntryKind.End });
        Assert.Empty(New().Interrupted());
        New().Begin(4);
        Assert.Equal(4, Assert.Single(New().Read()).Generation);
    }

    [Fact]
    public void Counts_whole_lines_only_wherever_the_file_is_torn()
    {
        var journal = New();
        journal.Begin(1);
        journal.Write(new() { Kind = JournalEntryKind.Step, Step = 1 });
        journal.Write(new() { Kind = JournalEntryKind.Step, Step = 2 });
        var whole = disk.Read("/journal", 10_000);

        for (var length = 0; length < whole.Length; length++)
        {
            using (var file = disk.Create("/journal"))
            {
                file.Write(whole.AsSpan(0, length));
                file.Write("\0\0\0"u8);
            }

            Assert.Equal(whole.AsSpan(0, length).Count((byte)'\n'), New().Read().Count);
        }
    }

    [Fact]
    public void Takes_nothing_more_after_a_line_that_failed()
    {
        var journal = New();
        journal.Begin(1);
        faults.Restart(new(1, FaultWhen.Before, IsCrash: false));

        Assert.Throws<MachineException>(() => journal.Write(new() { Kind = JournalEntryKind.Step }));
        Assert.Throws<MachineException>(() => journal.Write(new() { Kind = JournalEntryKind.Step }));
    }

    private Journal New() => new(disk, "/journal", TimeProvider.System);
}
