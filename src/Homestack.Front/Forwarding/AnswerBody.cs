using System.IO.Pipelines;
using Homestack.Front.Upstreams;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Forwarding;

/// <summary>Hands the body of an answer on as it comes. What is there whole is written with the head, in one.</summary>
/// <remarks><para>Each way of telling the end says whether it was reached: what breaks off must be seen to break off.</para></remarks>
internal static class AnswerBody
{
    private const int Piece = 32 << 10, LargestTrailers = 16 << 10, PiecesAtATime = 4;

    /// <summary>Of a known length.</summary>
    public static async ValueTask<bool> CopyAsync(UpstreamConnection connection, PipeWriter to, long length)
    {
        var there = (int)Math.Min(length, connection.Buffered.Length);
        Write(to, connection.Buffered[..there]);
        connection.Take(there);
        var pieces = 0;
        for (var left = length - there; left > 0;)
        {
            await LetOthersAsync(++pieces).ConfigureAwait(false);
            if (await IsGoneAsync(to).ConfigureAwait(false))
            {
                return false;
            }

            var memory = to.GetMemory((int)Math.Min(left, Piece));
            var count = await connection.ReceiveAsync(memory[..(int)Math.Min(left, memory.Length)]).ConfigureAwait(false);
            if (count == 0)
            {
                return false;
            }

            to.Advance(count);
            left -= count;
        }

        // What came after the first piece does not leave by itself at the end of an answer whose length is known.
        return pieces == 0 || !await IsGoneAsync(to).ConfigureAwait(false);
    }

    /// <summary>Of an application that tells the end by ending.</summary>
    public static async ValueTask<bool> CopyRestAsync(UpstreamConnection connection, PipeWriter to, AnswerSize size)
    {
        size.Bytes += connection.Buffered.Length;
        Write(to, connection.Buffered);
        connection.Take(connection.Buffered.Length);
        for (var pieces = 1; !await IsGoneAsync(to).ConfigureAwait(false); pieces++)
        {
            await LetOthersAsync(pieces).ConfigureAwait(false);
            var count = await connection.ReceiveAsync(to.GetMemory(Piece)).ConfigureAwait(false);
            if (count == 0)
            {
                return true;
            }

            to.Advance(count);
            size.Bytes += count;
        }

        return false;
    }

    /// <summary>In chunks, and the fields after them.</summary>
    public static async ValueTask<bool> CopyChunksAsync(UpstreamConnection connection, HttpResponse response, AnswerSize size)
    {
        var to = response.BodyWriter;
        var chunks = new ChunkReader();
        for (var pieces = 1; ; pieces++)
        {
            await LetOthersAsync(pieces).ConfigureAwait(false);
            var reading = ChunkReading.Content;
            var before = size.Bytes;
            while (reading == ChunkReading.Content)
            {
                reading = chunks.Next(connection.Buffered, out var skipped, out var content);
                connection.Take(skipped);
                Write(to, connection.Buffered[..content]);
                connection.Take(content);
                size.Bytes += content;
            }

            if (reading == ChunkReading.Trailers)
            {
                return await TakeTrailersAsync(connection, response).ConfigureAwait(false);
            }

            if (reading == ChunkReading.Bad || (size.Bytes > before && await IsGoneAsync(to).ConfigureAwait(false)) || await connection.FillAsync().ConfigureAwait(false) == 0)
            {
                return false;
            }
        }
    }

    private static async ValueTask<bool> TakeTrailersAsync(UpstreamConnection connection, HttpResponse response)
    {
        while (!connection.Buffered.StartsWith("\r\n"u8))
        {
            var end = connection.Buffered.IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var trailers = new List<FieldLine>();
                if (!FieldLine.TryRead(connection.Buffered[..(end + 2)], trailers))
                {
                    return false;
                }

                AnswerHeaders.CopyTrailers(trailers, response);
                connection.Take(end + 2);
            }
            else if (connection.Buffered.Length > LargestTrailers || (connection.Buffered.Length > 1 && connection.Buffered[^1] == '\n' && connection.Buffered[^2] != '\r')
                || await connection.FillAsync().ConfigureAwait(false) == 0)
            {
                return false;
            }
        }

        connection.Take(2);
        return true;
    }

    private static void Write(PipeWriter to, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            bytes.CopyTo(to.GetSpan(bytes.Length));
            to.Advance(bytes.Length);
        }
    }

    /// <summary>Where both sides are fast nothing is ever waited for, and the thread that hears of sockets would hear of no other until the end: after a few pieces a thread of the pool goes on.</summary>
    internal static async ValueTask LetOthersAsync(int pieces)
    {
        if (pieces % PiecesAtATime == 0)
        {
            await Task.Yield();
        }
    }

    private static async ValueTask<bool> IsGoneAsync(PipeWriter to)
    {
        var flushed = await to.FlushAsync().ConfigureAwait(false);
        return flushed.IsCompleted || flushed.IsCanceled;
    }
}
