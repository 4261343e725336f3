using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Homestack.Front.Listening;

/// <summary>Reads what a visitor sends. Who sends without a pause is gone on with by a thread of the pool, so that the thread that hears of sockets hears of the others too.</summary>
/// <remarks>Such as floods of frames that cost their sender nothing: HTTP/2 knows many.</remarks>
internal sealed class FairReader(PipeReader inner) : PipeReader
{
    private const int AtATime = 16;

    private static readonly TimeSpan Hurry = TimeSpan.FromMilliseconds(4);

    private int reads;
    private long began = Stopwatch.GetTimestamp();

    /// <summary>Puts one before what speaks HTTP.</summary>
    public static ConnectionDelegate Use(ConnectionDelegate next) => async connection =>
    {
        var before = connection.Transport;
        connection.Transport = new Duplex(new FairReader(before.Input), before.Output);
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            connection.Transport = before;
        }
    };

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (++reads % AtATime != 0)
        {
            return inner.ReadAsync(cancellationToken);
        }

        var last = began;
        began = Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(last, began) > Hurry ? inner.ReadAsync(cancellationToken) : LaterAsync(cancellationToken);
    }

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private async ValueTask<ReadResult> LaterAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        return await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
