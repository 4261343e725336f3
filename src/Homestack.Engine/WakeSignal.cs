namespace Homestack.Engine;

/// <summary>Lets one loop wait until somebody wants it to look, or until it is time to. Any number of wishes before the look are one.</summary>
/// <param name="clock">For the time.</param>
internal sealed class WakeSignal(TimeProvider clock)
{
    private volatile TaskCompletionSource wish = New();

    /// <summary>The loop looks soon.</summary>
    public void Wake() => wish.TrySetResult();

    /// <summary>Until somebody wakes, or the pause is over. Returns at once when somebody woke since the last wait.</summary>
    /// <param name="pause">Most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The loop is to end.</exception>
    public async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await wish.Task.WaitAsync(pause, clock, cancellationToken).ConfigureAwait(false);
            Forget();
        }
        catch (TimeoutException)
        {
            // It is time.
        }
    }

    /// <summary>What was wished until now is about to be done.</summary>
    public void Forget()
    {
        if (wish.Task.IsCompleted)
        {
            wish = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
