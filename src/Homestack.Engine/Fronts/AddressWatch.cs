using Homestack.Blueprints;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Engine.Fronts;

/// <summary>Looks where containers are whenever something happened to one, and tells the front.</summary>
/// <param name="blueprint">The home as it is now; null before the first apply.</param>
/// <param name="keeper">Tells the front.</param>
/// <param name="clock">For pauses.</param>
internal sealed class AddressWatch(Func<Blueprint?> blueprint, FrontKeeper keeper, TimeProvider clock)
{
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(50);

    private readonly WakeSignal wakes = new(clock);
    private volatile string hidden = "";
    private TaskCompletionSource? asked;

    /// <summary>Looks soon.</summary>
    public void Wake() => wakes.Wake();

    /// <summary>Tells the front that a service is nowhere, although its containers run, and waits until it knows: they are about to be stopped. One service at a time.</summary>
    /// <param name="service"><c>stack/name</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task HideAsync(string service, CancellationToken cancellationToken)
    {
        hidden = service;
        var done = asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        wakes.Wake();
        return done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>It is where its containers are again.</summary>
    public void Show()
    {
        hidden = "";
        wakes.Wake();
    }

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Debounce, clock, cancellationToken).ConfigureAwait(false);
                wakes.Forget();
                var done = Interlocked.Exchange(ref asked, null);
                await LookAsync(cancellationToken).ConfigureAwait(false);
                done?.TrySetResult();
                await wakes.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine ends.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (blueprint() is not { } home || (Answer.Of(home).Count == 0 && RawAnswer.Of(home).Count == 0))
        {
            return;
        }

        try
        {
            using var engines = new HostEngines(home.Hosts);
            var (book, gone) = (await AddressBook.LookAsync(home, engines, cancellationToken).ConfigureAwait(false), hidden);
            keeper.Tell(gone.Length == 0 ? book : book with { Services = book.Services.With(gone, []) });
        }
        catch (MachineException)
        {
            // The drift watch says in words that the engine does not answer; the next happening or period looks again.
        }
    }
}
