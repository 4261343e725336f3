using System.Net;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Engine.PublicNames;

/// <summary>Asks now and then for the home's public address, and tells the public DNS when it is another. What was told is kept, so that a restart tells nothing twice.</summary>
/// <param name="wanted">What is wanted now, secrets revealed; null when nothing is.</param>
/// <param name="open">The provider.</param>
/// <param name="ask">Somebody who knows our address.</param>
/// <param name="kept">What was told last.</param>
/// <param name="clock">For pauses.</param>
/// <param name="random">So that homes that started together after a power cut do not ask together for ever.</param>
/// <param name="log">Hears what was told, and what failed.</param>
internal sealed class PublicNamesWatch(
    Func<PublicNamesWish?> wanted, Func<PublicNamesWish, IPublicDns> open, Func<Uri, CancellationToken, Task<IPAddress>> ask, PublicNamesStore kept, TimeProvider clock, Random random, Action<string> log)
{
    /// <summary>Rarely enough for whoever is asked, often enough for a line that gets a new address at night.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly WakeSignal wakes = new(clock);
    private string said = "";

    /// <summary>Looks at once: what is wanted may be something else.</summary>
    public void Wake() => wakes.Wake();

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
            await wakes.WaitAsync(Pause * (0.8 + (0.4 * random.NextDouble())), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One look.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (wanted() is not { } wish)
            {
                return;
            }

            foreach (var whom in wish.Ask)
            {
                await KeepAsync(wish, await ask(whom, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }

            said = "";
        }
        catch (MachineException failure)
        {
            Say($"public names: {failure.Call}: {failure.Words} {failure.Next}");
        }
    }

    private async Task KeepAsync(PublicNamesWish wish, IPAddress address, CancellationToken cancellationToken)
    {
        var key = $"{address.AddressFamily} {wish.Credentials.Provider} {string.Join(' ', wish.Names)} ";
        if (kept.Holds(key + address))
        {
            return;
        }

        await open(wish).SetAsync(wish.Names, address, cancellationToken).ConfigureAwait(false);
        kept.Keep(key + address);
        log($"public names: {string.Join(", ", wish.Names)} lead to {address} now ({wish.Credentials.Provider})");
    }

    /// <summary>The same trouble is told once.</summary>
    private void Say(string words)
    {
        if (words != said)
        {
            log(said = words);
        }
    }
}

/// <summary>Names, whom to ask for the address, and how to speak to the provider.</summary>
internal sealed record PublicNamesWish(ValueList<string> Names, ValueList<Uri> Ask, Credentials Credentials);
