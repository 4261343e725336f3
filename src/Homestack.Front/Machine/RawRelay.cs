using System.Net;
using System.Net.Sockets;
using Homestack.Front.Limits;
using Homestack.Front.Listening;
using Homestack.Front.Worlds;

namespace Homestack.Front.Machine;

/// <summary>What raw ports have in common: who may be there, how many, a look around each second, and an end that is at once.</summary>
/// <param name="address">Where visitors come.</param>
/// <param name="worlds">Says who may reach what.</param>
/// <param name="clock">For the looks.</param>
/// <param name="socket">Bound there.</param>
internal abstract class RawRelay(ListenAddress address, WorldReference worlds, TimeProvider clock, Socket socket) : IOpenListener
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource end = new();

    protected Socket Socket => socket;

    protected VisitorCount Visitors { get; } = new();

    /// <summary>The port is closed.</summary>
    protected CancellationToken Ended => end.Token;

    /// <inheritdoc/>
    /// <remarks>A port that is closed is closed: what is under way there is cut at once.</remarks>
    public async Task RetireAsync(TimeSpan limit)
    {
        await end.CancelAsync().ConfigureAwait(false);
        socket.Dispose();
        CutAll();
    }

    /// <summary>What a visitor may reach here now; null for nothing.</summary>
    protected RawRoute? RouteOf(IPAddress visitor) => worlds.Current.FindRaw(address, visitor);

    protected abstract void CutAll();

    /// <summary>Cuts who may not be here any more, and who has said nothing for long.</summary>
    protected abstract void CutOthers();

    /// <summary>Until the port is closed.</summary>
    protected async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false))
            {
                CutOthers();
            }
        }
        catch (OperationCanceledException)
        {
            // The port is closed.
        }
    }
}
