using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>Takes a container's output apart into lines: frames of eight header bytes and a payload, or plain text when it has a terminal.</summary>
/// <remarks><para>Source: Docker Engine API, <c>ContainerAttach</c>, "Stream format".</para></remarks>
public static class LogFrames
{
    /// <summary>Longest line that is kept in one piece, in bytes; a longer one is cut into several.</summary>
    public const int LineBudget = 64 << 10;

    private const int HeaderLength = 8;
    private const byte ErrorStream = 2;

    public static async IAsyncEnumerable<LogLine> ReadAsync(Stream stream, bool hasTerminal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        var piece = new byte[8 << 10];
        var output = new MemoryStream();
        var error = new MemoryStream();
        while (true)
        {
            var source = LogSource.Output;
            var left = int.MaxValue;
            if (!hasTerminal)
            {
                var got = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                if (got < HeaderLength)
                {
                    break;
                }

                source = header[0] == ErrorStream ? LogSource.Error : LogSource.Output;
                left = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
            }

            var isOver = false;
            while (left > 0)
            {
                var count = await stream.ReadAsync(piece.AsMemory(0, Math.Min(piece.Length, left)), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    isOver = true;
                    break;
                }

                left -= hasTerminal ? 0 : count;
                foreach (var line in Lines(source == LogSource.Error ? error : output, piece.AsMemory(0, count)))
                {
                    yield return new(source, line);
                }
            }

            if (isOver)
            {
                break;
            }
        }

        if (output.Length > 0)
        {
            yield return new(LogSource.Output, Take(output));
        }

        if (error.Length > 0)
        {
            yield return new(LogSource.Error, Take(error));
        }
    }

    private static IEnumerable<string> Lines(MemoryStream unfinished, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            var length = end < 0 ? bytes.Length : end;
            unfinished.Write(bytes.Span[..length]);
            bytes = bytes[Math.Min(bytes.Length, length + 1)..];
            if (end >= 0 || unfinished.Length >= LineBudget)
            {
                yield return Take(unfinished);
            }
        }
    }

    private static string Take(MemoryStream unfinished)
    {
        var text = Encoding.UTF8.GetString(unfinished.GetBuffer(), 0, (int)unfinished.Length).TrimEnd('\r');
        unfinished.SetLength(0);
        return text;
    }
}
