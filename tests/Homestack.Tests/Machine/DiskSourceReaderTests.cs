using Homestack.Diagnostics;
using Homestack.Machine;

namespace Homestack.Tests.Machine;

public sealed class DiskSourceReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reads_text_without_its_byte_order_mark_and_shows_the_short_path()
    {
        Directory.CreateDirectory(folder.At("stacks"));
        File.WriteAllBytes(folder.At("stacks/a.yaml"), [0xEF, 0xBB, 0xBF, (byte)'x']);

        var reading = new DiskSourceReader(folder.Path).Read("stacks/a.yaml", 10);

        Assert.Equal(("x", "stacks/a.yaml"), (reading.Text?.Text, reading.Text?.Path));
        Assert.True(new DiskSourceReader(folder.Path).IsFolder("stacks"));
        Assert.False(new DiskSourceReader(folder.Path).IsFolder("stacks/a.yaml"));
    }

    [Fact]
    public void Says_why_there_is_no_text()
    {
        File.WriteAllBytes(folder.At("latin1"), [0x63, 0xE9]);
        File.WriteAllText(folder.At("long"), "12345");
        var reader = new DiskSourceReader(folder.Path);

        Assert.Equal(SourceProblem.NotFound, reader.Read("missing", 4).Problem);
        Assert.Equal(SourceProblem.TooLarge, reader.Read("long", 4).Problem);
        Assert.Equal(SourceProblem.NotUtf8, reader.Read("latin1", 4).Problem);
        Assert.Equal(SourceProblem.NotAFile, reader.Read(".", 4).Problem);
        Assert.Equal(SourceProblem.NotAFile, reader.Read("/dev/zero", 4).Problem);
        Assert.Equal(SourceProblem.NotReadable, reader.Read("long/beneath", 4).Problem);
    }
}
