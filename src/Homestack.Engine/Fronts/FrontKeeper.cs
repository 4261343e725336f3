using System.Collections.Concurrent;
using Homestack.Fronts;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Engine.Fronts;

/// <summary>Keeps the front there while something is to be reached: starts it, starts it again when it falls over, gives it what it must serve, and ends it when nothing is left.</summary>
/// <param name="stateFolder">Absolute.</param>
/// <param name="front">The front.</param>
/// <param name="start">How it is started.</param>
/// <param name="clock">For pauses.</param>
/// <param name="log">Hears what happens.</param>
internal sealed class FrontKeeper(string stateFolder, FrontClient front, FrontStart start, TimeProvider clock, Action<string> log)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250), LongestPause = TimeSpan.FromSeconds(30), Again = TimeSpan.FromSeconds(20), SoonEnough = TimeSpan.FromSeconds(10);

    private readonly WakeSignal wakes = new(clock);
    private bool isNeeded = true;
    private bool isIdle;
    private TimeSpan pause = Look;
    private DetachedProgram? child;
    private long started;
    private int process;
    private long given;
    private readonly ConcurrentDictionary<string, byte[]> told = new(StringComparer.Ordinal);

    /// <summary>What was given may have changed: whether a front is needed is looked up again.</summary>
    public bool IsNeeded
    {
        get => isNeeded;
        set
        {
            isNeeded = value;
            wakes.Wake();
        }
    }

    /// <summary>Where containers are now. Given to the front at once, and again to one that starts later.</summary>
    public void Tell(AddressesSnapshot book) => Tell(AddressesSnapshot.Slot, Snapshots.Write(book));

    /// <summary>What is no part of a plan. Given to the front at once, and again to one that starts later.</summary>
    public void Tell(string slot, byte[] content)
    {
        if (!told.TryGetValue(slot, out var before) || !content.AsSpan().SequenceEqual(before))
        {
            told[slot] = content;
            Give(slot);
        }
    }

    /// <summary>Until cancelled. The front goes on then: it serves what it was given last.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await TryLookAsync(cancellationToken).ConfigureAwait(false);
                await wakes.WaitAsync(isIdle ? LongestPause : pause, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine ends.
        }
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MachineException failure)
        {
            log($"front: {failure.Call}: {failure.Words} {failure.Next}");
            pause = Longer(pause);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        isIdle = false;
        var listener = SocketProbe.ListenerOf(FrontAddress.SocketOf(stateFolder))?.ProcessId ?? 0;
        if (listener > 0 && listener != process)
        {
            process = listener;
            log($"front: process {process} listens");
            GiveAll(cancellationToken);
        }
        else if (listener > 0 && clock.GetElapsedTime(given) > Again)
        {
            // An address that was not there at its start may be there by now.
            GiveAll(cancellationToken);
        }

        if (listener > 0)
        {
            pause = clock.GetElapsedTime(started) > SoonEnough ? Look : pause;
            if (!IsNeeded)
            {
                log("front: nothing is to be reached; ending it");
                ProcessSignal.Terminate(listener);
            }
        }
        else if (IsNeeded && (child is null || child.HasEnded() || clock.GetElapsedTime(started) > SoonEnough) && (isNeeded = front.IsNeeded()))
        {
            // One that falls over at once is tried ever more rarely.
            pause = child is not null && clock.GetElapsedTime(started) < SoonEnough ? Longer(pause) : Look;
            process = 0;
            started = clock.GetTimestamp();
            child = await start.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (!isNeeded)
        {
            // Nothing to look after: whoever carries something out wakes us. One that is started then did not fall over, and is looked at as soon as any.
            isIdle = true;
        }
    }

    private void GiveAll(CancellationToken cancellationToken)
    {
        given = clock.GetTimestamp();
        foreach (var problem in front.GiveAgain(cancellationToken))
        {
            log($"front: {problem}");
        }

        foreach (var slot in told.Keys)
        {
            Give(slot);
        }
    }

    private void Give(string slot)
    {
        try
        {
            var content = told[slot];
            if (front.Served(slot, CancellationToken.None) != FrontClient.DigestOf(content))
            {
                front.Serve(slot, content, CancellationToken.None);
            }
        }
        catch (MachineException failure)
        {
            log($"front: {failure.Call}: {failure.Words}");
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
