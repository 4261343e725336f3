using System.Text;
using System.Text.Unicode;

namespace Homestack.Diagnostics;

/// <summary>Turns the bytes of a file into text: UTF-8, with or without a byte order mark, and nothing else.</summary>
/// <remarks>Pure. What is not UTF-8 is refused with its line, column and byte, because a guess at another encoding would change names silently.</remarks>
public static class SourceDecoder
{
    /// <param name="path">As it is shown to people.</param>
    /// <param name="bytes">The whole file.</param>
    public static SourceReading Decode(string path, ReadOnlySpan<byte> bytes)
    {
        var content = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        var letters = new char[content.Length];
        if (Utf8.ToUtf16(content, letters, out var read, out var written, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done)
        {
            return SourceReading.Of(new(path, new(letters, 0, written)));
        }

        var before = letters.AsSpan(0, written);
        var line = before.Count('\n') + 1;
        var column = written - (before.LastIndexOf('\n') + 1) + 1;
        var words = $"Line {line}, column {column} (byte {read + bytes.Length - content.Length:N0}) is 0x{content[read]:X2}"
            + (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? "; the file looks like UTF-16." : ".");
        return SourceReading.Failed(SourceProblem.NotUtf8, words) with { Place = new(new(path, Encoding.UTF8.GetString(content)), line, column, 1) };
    }
}
