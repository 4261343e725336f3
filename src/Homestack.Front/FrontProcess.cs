using System.Text;
using Homestack.Front.Control;
using Homestack.Front.Forwarding;
using Homestack.Front.Listening;
using Homestack.Front.Logs;
using Homestack.Front.Naming;
using Homestack.Front.Sleeping;
using Homestack.Front.Snapshots;
using Homestack.Front.Worlds;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.Front;

/// <summary>One life of the front: serve what is on disk, listen to the engine, and end cleanly when asked.</summary>
/// <param name="arguments">Where.</param>
/// <param name="names">The name server's slot.</param>
/// <param name="clock">Time.</param>
internal sealed class FrontProcess(FrontArguments arguments, NamesSlot names, TimeProvider clock)
{
    private const string SocketName = "front.sock", LockName = "lock", LogFolder = "log";

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly FrontLog log = new(Console.Out, clock);

    /// <summary>Until SIGTERM or SIGINT.</summary>
    /// <returns>0; 1 when another front serves this folder.</returns>
    public Task<int> RunAsync() => EndSignal.RunAsync(RunAsync);

    /// <summary>Until cancelled.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var disk = new RealDisk();
        disk.MakeFolders(arguments.Folder);
        using var taken = disk.TryLock(Path.Combine(arguments.Folder, LockName), Encoding.ASCII.GetBytes($"{Environment.ProcessId}"));
        if (taken is null)
        {
            await Console.Error.WriteLineAsync($"homestack-front: another front serves {arguments.Folder}").ConfigureAwait(false);
            return 1;
        }

        var worlds = new WorldReference();
        var visits = new VisitBoard(clock);
        using var forwarder = new Forwarder(clock);
        var access = new AccessLog(disk, Path.Combine(arguments.Folder, LogFolder), clock);
        await using var lastLines = access.ConfigureAwait(false);
        access.Start();
        var listeners = new ListenerSet(worlds, new(worlds, forwarder, access, new(new(FrontAddress.ChallengesBeside(arguments.Folder))), new(new(clock)), names.Engine, new(worlds, forwarder, clock)), log.Say, clock);
        names.Certificate = (name, client) => NameCertificates.Choose(worlds.Current, name, client);
        var keeper = new WorldKeeper(worlds, visits, clock);
        var ingress = new IngressSlot(keeper, listeners) { IsStarting = true };
        await using var nameServer = names.ConfigureAwait(false);

        // Listeners open last, when there is something to answer with.
        using var board = new SlotBoard(disk, arguments.Folder, [new CertificatesSlot(keeper), new AddressesSlot(keeper), ingress, new BlocklistsSlot(names.World, disk), names], log.Say);
        await board.RestoreAsync(cancellationToken).ConfigureAwait(false);
        ingress.IsStarting = false;

        var control = await ControlListener.StartAsync(Path.Combine(arguments.Folder, SocketName), new(board, names.World.Report, visits, log.Say), cancellationToken).ConfigureAwait(false);
        log.Say($"process {Environment.ProcessId} serves {arguments.Folder}");
        try
        {
            await listeners.WatchAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            log.Say("ending");
        }

        visits.Close();
        await control.DisposeAsync().ConfigureAwait(false);
        await listeners.CloseAsync(EndLimit).ConfigureAwait(false);
        log.Say("ended");
        return 0;
    }
}
