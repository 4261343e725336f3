using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>Reads JSON values that come one after another, each on its own line, as the engine sends progress and events.</summary>
public static class JsonLines
{
    /// <summary>Longest line, in bytes.</summary>
    public const int LineBudget = 1 << 20;

    /// <exception cref="InvalidDataException">A line is longer than <see cref="LineBudget"/>.</exception>
    /// <exception cref="JsonException">A line is not what was expected.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(Stream stream, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var kept = new byte[8 << 10];
        var length = 0;
        while (true)
        {
            if (length == kept.Length)
            {
                if (length >= LineBudget)
                {
                    throw new InvalidDataException($"A line is longer than {LineBudget:N0} bytes.");
                }

                Array.Resize(ref kept, kept.Length * 2);
            }

            var count = await stream.ReadAsync(kept.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += count;
            var start = 0;
            while (Array.IndexOf(kept, (byte)'\n', start, length - start) is >= 0 and var end)
            {
                if (Parse(kept.AsSpan(start, end - start), type, out var item))
                {
                    yield return item;
                }

                start = end + 1;
            }

            if (count == 0)
            {
                if (Parse(kept.AsSpan(start, length - start), type, out var last))
                {
                    yield return last;
                }

                yield break;
            }

            kept.AsSpan(start, length - start).CopyTo(kept);
            length -= start;
        }
    }

    private static bool Parse<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? item)
    {
        var trimmed = line.Trim(" \t\r\n"u8);
        item = trimmed.IsEmpty ? default : JsonSerializer.Deserialize(trimmed, type);
        return item is not null;
    }
}
