using System.Buffers;
using System.Runtime.CompilerServices;
using Homestack.Front.Machine;

namespace Homestack.Front.Upstreams;

/// <summary>One connection to an application, one request at a time.</summary>
/// <remarks>
/// While it rests, the next bytes are awaited already: an end, or an answer that nobody asked for, is seen before another request could be mistaken for its question.
/// </remarks>
internal sealed class UpstreamConnection(UpstreamSocket socket, TimeProvider clock) : IDisposable
{
    private const int Smallest = 4096, LargestPiece = 32 << 10;

    private readonly long born = clock.GetTimestamp();
    private byte[] buffer = new byte[Smallest];
    private int start;
    private int end;
    private ValueTask<int> coming;
    private bool isAwaited;
    private long touched = clock.GetTimestamp();
    private volatile bool isDead;

    /// <summary>The head of a request is put together here.</summary>
    public ArrayBufferWriter<byte> Outgoing { get; } = new(1024);

    public AnswerHead Head { get; } = new();

    /// <summary>What came and was not taken.</summary>
    public ReadOnlySpan<byte> Buffered => buffer.AsSpan(start, end - start);

    /// <summary>Bytes of an answer have come since it was taken from its rest.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Nobody answered, or took, a byte for too long, and so it was cut.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>It has been used before.</summary>
    public bool IsUsed { get; private set; }

    public TimeSpan Age => clock.GetElapsedTime(born);

    /// <summary>Since bytes went or came.</summary>
    public TimeSpan Rest => clock.GetElapsedTime(Volatile.Read(ref touched));

    /// <summary>At rest, and nothing came.</summary>
    public bool IsQuiet => !isDead && isAwaited && !coming.IsCompleted;

    /// <summary>The answer was taken whole: another request may follow.</summary>
    public bool IsDone => !isDead && start == end;

    /// <summary>Lays it to rest.</summary>
    public void LayDown()
    {
        start = end = 0;
        HasAnswered = false;
        IsUsed = true;
        if (buffer.Length > Smallest)
        {
            buffer = new byte[Smallest];
        }

        Touch();
        coming = socket.ReceiveAsync(buffer);
        isAwaited = true;
    }

    /// <exception cref="IOException">It broke.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It broke.</exception>
    /// <exception cref="ObjectDisposedException">It was cut.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        Touch();
        return socket.SendAsync(bytes);
    }

    public void Take(int count) => start += count;

    /// <summary>Waits for more bytes behind those that are there.</summary>
    /// <returns>How many came; 0 at the end.</returns>
    /// <inheritdoc cref="SendAsync"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> FillAsync() => Came(await ComingAsync().ConfigureAwait(false));

    /// <summary>The first half of <see cref="FillAsync"/>, for who waits himself; <see cref="Came"/> is the second.</summary>
    public ValueTask<int> ComingAsync()
    {
        if (isAwaited)
        {
            isAwaited = false;
            return coming;
        }

        MakeRoom();
        return socket.ReceiveAsync(buffer.AsMemory(end));
    }

    /// <param name="count">What <see cref="ComingAsync"/> gave.</param>
    /// <returns>The same.</returns>
    public int Came(int count)
    {
        end += count;
        HasAnswered |= count > 0;
        Touch();
        return count;
    }

    /// <summary>Bytes straight to where they belong; only while nothing is buffered.</summary>
    /// <inheritdoc cref="FillAsync"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> into)
    {
        var count = await socket.ReceiveAsync(into).ConfigureAwait(false);
        Touch();
        return count;
    }

    /// <summary>Cuts it because nothing moves.</summary>
    public void Silence()
    {
        IsSilent = true;
        Dispose();
    }

    public void Dispose()
    {
        isDead = true;
        socket.Dispose();
    }

    private void Touch() => Volatile.Write(ref touched, clock.GetTimestamp());

    private void MakeRoom()
    {
        if (start == end)
        {
            // What came filled it: more is on its way.
            if (end == buffer.Length && end < LargestPiece)
            {
                buffer = new byte[buffer.Length * 2];
            }

            start = end = 0;
        }
        else if (end == buffer.Length && start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        else if (end == buffer.Length)
        {
            // Heads and trailers have limits of their own, and only they are gathered.
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }
}
