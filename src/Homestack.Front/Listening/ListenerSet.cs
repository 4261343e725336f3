using System.Net.Sockets;
using Homestack.Front.Machine;
using Homestack.Front.Requests;
using Homestack.Front.Snapshots;
using Homestack.Front.Worlds;

namespace Homestack.Front.Listening;

/// <summary>All listeners. New ones are opened before old ones are closed, unless an old one stands in a new one's way.</summary>
internal sealed class ListenerSet(WorldReference worlds, IngressApplication application, Action<string> log, TimeProvider clock)
{
    private static readonly TimeSpan RetireLimit = TimeSpan.FromMinutes(10), BindPause = TimeSpan.FromMilliseconds(20), RetryPause = TimeSpan.FromSeconds(3);
    private const int BindTries = 100;

    private readonly Lock gate = new();
    private readonly Dictionary<ListenAddress, IOpenListener> open = [];
    private HashSet<ListenAddress> wanted = [];
    private HashSet<ListenAddress> fresh = [];
    private HashSet<ListenAddress> closed = [];

    /// <summary>Opens what is new.</summary>
    /// <param name="addresses">All that are wanted.</param>
    /// <param name="isPatient">What cannot be opened is tried again later.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SnapshotException">One cannot be opened; all is as before.</exception>
    public async Task PrepareAsync(HashSet<ListenAddress> addresses, bool isPatient, CancellationToken cancellationToken)
    {
        fresh = [];
        closed = [];
        foreach (var address in addresses.Where(address => !IsOpen(address)))
        {
            try
            {
                if (!await TryOpenAsync(address, cancellationToken).ConfigureAwait(false))
                {
                    await MakeWayAsync(address, addresses, cancellationToken).ConfigureAwait(false);
                }

                fresh.Add(address);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                if (!isPatient)
                {
                    GiveUp();
                    throw new SnapshotException($"{address} cannot be listened on: {exception.Message}", exception);
                }

                log($"{address} cannot be listened on yet: {exception.Message}");
            }
            catch
            {
                GiveUp();
                throw;
            }
        }
    }

    /// <summary>Closes all but these; what is under way there ends undisturbed.</summary>
    public void Keep(HashSet<ListenAddress> addresses)
    {
        wanted = addresses;
        foreach (var address in Open().Where(address => !addresses.Contains(address)))
        {
            _ = CloseAsync(address, RetireLimit);
        }
    }

    /// <summary>Back to what was before <see cref="PrepareAsync"/>.</summary>
    public void GiveUp()
    {
        foreach (var address in fresh)
        {
            _ = CloseAsync(address, TimeSpan.Zero);
        }

        // Those that made way come back as soon as the address is free.
        _ = closed.Count > 0 ? OpenMissingAsync(closed) : Task.CompletedTask;
    }

    /// <summary>Until cancelled: tries again what could not be opened at the start.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RetryPause);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (wanted.Any(address => !IsOpen(address)))
            {
                await OpenMissingAsync(wanted).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Closes all.</summary>
    public Task CloseAsync(TimeSpan limit) => Task.WhenAll(Open().Select(address => CloseAsync(address, limit)));

    private async Task OpenMissingAsync(HashSet<ListenAddress> addresses)
    {
        foreach (var address in addresses.Where(address => !IsOpen(address)))
        {
            try
            {
                _ = await TryOpenAsync(address, CancellationToken.None).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // Still no address of this machine: the next turn tries again.
            }
        }
    }

    private async Task MakeWayAsync(ListenAddress address, HashSet<ListenAddress> addresses, CancellationToken cancellationToken)
    {
        var inTheWay = Open().Where(other => other.Endpoint.Port == address.Endpoint.Port && !addresses.Contains(other)).ToArray();
        foreach (var other in inTheWay)
        {
            closed.Add(other);
            _ = CloseAsync(other, RetireLimit);
        }

        for (var turn = 0; turn < (inTheWay.Length > 0 ? BindTries : 1); turn++)
        {
            await Task.Delay(BindPause, cancellationToken).ConfigureAwait(false);
            if (await TryOpenAsync(address, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        throw new IOException("Another program listens there.");
    }

    /// <returns>False when it is taken.</returns>
    private async Task<bool> TryOpenAsync(ListenAddress address, CancellationToken cancellationToken)
    {
        try
        {
            IOpenListener listener = address.Kind switch
            {
                ListenerKind.Streams => StreamRelay.Start(address, worlds, clock),
                ListenerKind.Datagrams => DatagramRelay.Start(address, worlds, clock),
                _ => await IngressListener.StartAsync(address, worlds, application, cancellationToken).ConfigureAwait(false),
            };
            lock (gate)
            {
                open.Add(address, listener);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            return false;
        }
    }

    private async Task CloseAsync(ListenAddress address, TimeSpan limit)
    {
        IOpenListener? listener;
        lock (gate)
        {
            open.Remove(address, out listener);
        }

        if (listener is not null)
        {
            await listener.RetireAsync(limit).ConfigureAwait(false);
        }
    }

    private ListenAddress[] Open()
    {
        lock (gate)
        {
            return [.. open.Keys];
        }
    }

    private bool IsOpen(ListenAddress address)
    {
        lock (gate)
        {
            return open.ContainsKey(address);
        }
    }
}
