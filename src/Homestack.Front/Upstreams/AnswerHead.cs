using System.Buffers.Text;

namespace Homestack.Front.Upstreams;

/// <summary>What comes before the body of an answer, and how the body ends. Used again for each answer of a connection.</summary>
/// <remarks>
/// <para>Strict where being kind would let two readers disagree: anything else than one meaning is <see cref="HeadReading.Bad"/>, and the visitor is told 502.</para>
/// <para>Source: RFC 9112 §4 (status line), §6.3 (length of the body), §9.3 (whether the connection lasts).</para>
/// </remarks>
internal sealed class AnswerHead
{
    /// <summary>In bytes.</summary>
    public const int Largest = 64 << 10;

    private const int StatusEnd = 12, LongestLength = 18;

    private List<FieldLine> before = [];

    /// <summary>All fields, in the order in which they came.</summary>
    public List<FieldLine> Fields { get; private set; } = [];

    public int Status { get; private set; }

    /// <summary>In bytes; null when it was not said.</summary>
    public long? Length { get; private set; }

    public bool IsChunked { get; private set; }

    /// <summary>The application may be asked again on the same connection.</summary>
    public bool IsLasting { get; private set; }

    /// <summary>Before the answer itself (RFC 9110 §15.2); 101 is none of these.</summary>
    public bool IsInterim => Status is >= 100 and < 200 and not 101;

    /// <summary>Whether a body follows; a HEAD never has one.</summary>
    public bool HasBody(bool isHead) => !isHead && Status is >= 200 and not (204 or 205 or 304) && Length is not 0;

    /// <param name="bytes">All that came so far.</param>
    /// <param name="seen">How many of them were looked at before.</param>
    /// <param name="size">Size of the head, when it is whole.</param>
    public HeadReading TryRead(ReadOnlySpan<byte> bytes, int seen, out int size)
    {
        size = 0;
        var beginning = "HTTP/1."u8;
        if (!bytes.StartsWith(beginning[..Math.Min(bytes.Length, beginning.Length)]))
        {
            return HeadReading.Bad;
        }

        var from = Math.Max(seen - 3, 0);
        var end = bytes[from..].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return bytes.Length >= Largest || HasLoneLineFeed(bytes, seen) ? HeadReading.Bad : HeadReading.More;
        }

        size = from + end + 4;
        return size <= Largest && TryRead(bytes[..(size - 2)]) ? HeadReading.Whole : HeadReading.Bad;
    }

    /// <summary>An application that ends lines otherwise would be waited for in vain.</summary>
    private static bool HasLoneLineFeed(ReadOnlySpan<byte> bytes, int seen)
    {
        for (var at = bytes[seen..].IndexOf((byte)'\n'); at >= 0; at = bytes[seen..].IndexOf((byte)'\n'))
        {
            seen += at + 1;
            if (seen < 2 || bytes[seen - 2] != '\r')
            {
                return true;
            }
        }

        return false;
    }

    private bool TryRead(ReadOnlySpan<byte> head)
    {
        (Fields, before) = (before, Fields);
        Fields.Clear();
        var lineEnd = head.IndexOf("\r\n"u8);
        var line = head[..lineEnd];
        if (line.Length < StatusEnd || line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' ' || (line.Length > StatusEnd && line[StatusEnd] != ' ')
            || line[9] is < (byte)'1' or > (byte)'9' || !Utf8Parser.TryParse(line[9..StatusEnd], out int status, out var digits) || digits != 3 || HasControl(line))
        {
            return false;
        }

        Status = status;
        IsLasting = line[7] == '1';
        IsChunked = false;
        Length = null;
        return FieldLine.TryRead(head[(lineEnd + 2)..], Fields, before) && TakeFraming(isNew: IsLasting);
    }

    private bool TakeFraming(bool isNew)
    {
        foreach (ref readonly var field in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Fields))
        {
            switch (field.Name.Length)
            {
                case 14 when field.Is("Content-Length"):
                    if (Length is not null || field.Value.Length is 0 or > LongestLength || field.Value.AsSpan().ContainsAnyExceptInRange('0', '9'))
                    {
                        return false;
                    }

                    Length = long.Parse(field.Value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
                    break;
                case 17 when field.Is("Transfer-Encoding"):
                    if (IsChunked || !isNew || !field.Value.Equals("chunked", StringComparison.OrdinalIgnoreCase))
                    {
                        return false;
                    }

                    IsChunked = true;
                    break;
                case 10 when field.Is("Connection"):
                    IsLasting &= !field.Value.Contains("close", StringComparison.OrdinalIgnoreCase);
                    break;
                default:
                    break;
            }
        }

        // Two ways to say where the body ends, or one where there can be none (RFC 9112 §6.1), is one too many.
        return !IsChunked || (Length is null && Status is not (>= 100 and < 200 or 204));
    }

    private static bool HasControl(ReadOnlySpan<byte> line)
    {
        foreach (var value in line)
        {
            if (value is < (byte)' ' and not (byte)'\t' or 127)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>How far a head was read.</summary>
internal enum HeadReading
{
    /// <summary>It has not come whole.</summary>
    More,

    /// <summary>It was read.</summary>
    Whole,

    /// <summary>It is no answer, or one with two meanings.</summary>
    Bad,
}
