namespace Homestack.Front.Upstreams;

/// <summary>Takes the chunks off a body that comes in pieces.</summary>
/// <remarks><para>Source: RFC 9112 §7.1. Lines end with CR LF only; what is said after a size is passed over, up to a limit.</para></remarks>
internal struct ChunkReader
{
    private const int MostDigits = 15, LongestExtension = 1024;

    private Place place;
    private long left;
    private int digits;
    private int extension;

    /// <summary>Where the reader stands.</summary>
    private enum Place
    {
        Size,
        Extension,
        SizeEnd,
        Content,
        ContentReturn,
        ContentEnd,
        Trailers,
    }

    /// <summary>Goes over what stands between contents.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="skipped">How many bytes of it are no content.</param>
    /// <param name="content">How many bytes after those are content.</param>
    public ChunkReading Next(ReadOnlySpan<byte> bytes, out int skipped, out int content)
    {
        content = 0;
        for (skipped = 0; skipped < bytes.Length; skipped++)
        {
            if (place == Place.Content)
            {
                content = (int)Math.Min(left, bytes.Length - skipped);
                left -= content;
                place = left == 0 ? Place.ContentReturn : Place.Content;
                return ChunkReading.Content;
            }

            if (place == Place.Trailers)
            {
                return ChunkReading.Trailers;
            }

            if (!Step(bytes[skipped]))
            {
                return ChunkReading.Bad;
            }
        }

        return place == Place.Trailers ? ChunkReading.Trailers : ChunkReading.More;
    }

    private bool Step(byte value)
    {
        switch (place)
        {
            case Place.Size when Digit(value) is var digit and >= 0:
                left = (left << 4) | (uint)digit;
                return ++digits <= MostDigits;
            case Place.Size when digits > 0 && value is (byte)';' or (byte)' ' or (byte)'\t':
                place = Place.Extension;
                return digits > 0;
            case Place.Size or Place.Extension when value == '\r':
                place = Place.SizeEnd;
                return digits > 0;
            case Place.Extension:
                return value is >= (byte)' ' and not 127 or (byte)'\t' && ++extension <= LongestExtension;
            case Place.SizeEnd when value == '\n':
                place = left == 0 ? Place.Trailers : Place.Content;
                (digits, extension) = (0, 0);
                return true;
            case Place.ContentReturn when value == '\r':
                place = Place.ContentEnd;
                return true;
            case Place.ContentEnd when value == '\n':
                place = Place.Size;
                return true;
            default:
                return false;
        }
    }

    private static int Digit(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => -1,
    };
}

/// <summary>What comes next in a body made of chunks.</summary>
internal enum ChunkReading
{
    /// <summary>Nothing yet.</summary>
    More,

    /// <summary>Bytes of the body.</summary>
    Content,

    /// <summary>The body has ended; its last fields follow, and an empty line.</summary>
    Trailers,

    /// <summary>These are no chunks.</summary>
    Bad,
}
