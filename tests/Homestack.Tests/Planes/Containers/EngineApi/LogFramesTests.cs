using System.Text;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Tests.Planes.Containers.EngineApi;

public sealed class LogFramesTests
{
    [Fact]
    public async Task Lines_are_put_together_from_frames_and_the_two_streams_are_kept_apart() =>
        Assert.Equal(["Output one", "Error bad", "Output two", "Output rest", "Error last"],
            await ReadAsync(false, [.. Frame(1, "one\ntw"), .. Frame(2, "bad\nla"), .. Frame(1, "o\r\nrest"), .. Frame(2, "st")]));

    [Fact]
    public async Task A_terminal_has_no_frames() => Assert.Equal(["Output a", "Output b"], await ReadAsync(true, "a\r\nb"u8.ToArray()));

    [Fact]
    public async Task A_frame_that_is_cut_off_gives_what_came() => Assert.Equal(["Output ab"], await ReadAsync(false, Frame(1, "abcd")[..^2]));

    [Fact]
    public async Task Half_a_header_is_the_end() => Assert.Equal(["Output a"], await ReadAsync(false, [.. Frame(1, "a\n"), 1, 0, 0]));

    [Fact]
    public async Task A_line_without_end_is_cut_into_pieces()
    {
        var lines = await ReadAsync(true, Encoding.UTF8.GetBytes(new string('x', LogFrames.LineBudget * 3)));
        Assert.Equal(3, lines.Count);
    }

    private static byte[] Frame(byte source, string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        return [source, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];
    }

    private static async Task<List<string>> ReadAsync(bool hasTerminal, byte[] bytes)
    {
        var lines = new List<string>();
        using var stream = new MemoryStream(bytes);
        await foreach (var line in LogFrames.ReadAsync(stream, hasTerminal, default))
        {
            lines.Add($"{line.Source} {line.Words}");
        }

        return lines;
    }
}
