using System.Globalization;
using System.Text;
using Homestack.Engine.Api;
using Homestack.Engine.Fronts;
using Homestack.Engine.Naming;
using Homestack.Engine.PublicNames;
using Homestack.Engine.Reconciling;
using Homestack.Engine.Sleeping;
using Homestack.Fronts;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Engine;

/// <summary>One life of the engine: take the state folder, listen, watch, and end cleanly when asked.</summary>
internal sealed class EngineProcess(EngineArguments arguments, TimeProvider clock)
{
    private const int LockLimit = 4096;

    private readonly EngineLog log = new(Console.Out, arguments.Log, clock);

    /// <summary>Until SIGTERM or SIGINT.</summary>
    /// <returns>0; 1 when another engine serves this state folder.</returns>
    public Task<int> RunAsync() => EndSignal.RunAsync(RunAsync);

    /// <summary>Until cancelled.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        ProcessEnvironment.UseUsualMask();
        var disk = new RealDisk();
        disk.MakeFolders(arguments.StateFolder);
        var lockPath = EngineAddress.LockOf(arguments.StateFolder);
        using var taken = disk.TryLock(lockPath, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {(arguments.IsDetached ? "detached" : "attached")}")));
        if (taken is null)
        {
            var holder = Encoding.UTF8.GetString(disk.Read(lockPath, LockLimit)).Split(' ')[0];
            await Console.Error.WriteLineAsync($"homestack-engine: another engine, process {holder}, serves {arguments.StateFolder}").ConfigureAwait(false);
            return 1;
        }

        var state = new HomeState(disk, arguments.StateFolder, PlaneList.Json, clock);
        var board = new DriftBoard(clock, log.Say);
        var planes = new PlaneList(arguments.StateFolder, ProcessEnvironment.Variables(), clock);
        using var home = new WatchedHome(state, planes, clock);
        var watch = new DriftWatch(home, board, clock, new(), log.Say);
        var front = new FrontClient(state.Disk, arguments.StateFolder);
        var keeper = new FrontKeeper(arguments.StateFolder, front, new(arguments.StateFolder, Path.Combine(AppContext.BaseDirectory, "homestack-front")), clock, log.Say);
        var addresses = new AddressWatch(() => home.Now, keeper, clock);
        home.Happened = addresses.Wake;
        var sleepTimes = SleepTimes.Of(ProcessEnvironment.Variables());
        var sleep = new SleepKeeper(new SleepingHome(home, () => planes.Starting(state), front, addresses, sleepTimes), clock, sleepTimes, log.Say);
        var random = new Random();
        var lists = new BlocklistWatch(() => home.Now, new(arguments.StateFolder, state.Disk, new(), clock, random, log.Say), keeper, clock, log.Say);
        var renewals = new RenewalWatch(home.RenewAsync, clock, log.Say);
        using var outside = new WebQuestion("the internet");
        var publicNames = new PublicNamesWatch(() => PublicNamesWishes.Of(home.Now, name => state.Secrets.Read(name)), wish => PublicNamesWishes.Open(wish, outside),
            (whom, cancel) => AddressQuestion.AskAsync(outside, whom, cancel), new(state.Disk, Path.Combine(arguments.StateFolder, "public-names")), clock, random, log.Say);
        home.Applied = () =>
        {
            publicNames.Wake();
            lists.Wake();
            keeper.IsNeeded = front.IsNeeded();
            renewals.Wake();
            sleep.Wake();
        };
        var keeping = Task.WhenAll(keeper.RunAsync(cancellationToken), addresses.RunAsync(cancellationToken), lists.RunAsync(cancellationToken), renewals.RunAsync(cancellationToken), publicNames.RunAsync(cancellationToken), sleep.RunAsync(cancellationToken));
        var socket = EngineAddress.SocketOf(arguments.StateFolder);
        using var names = new NameGiving(home, () => home.Folder is { Length: > 0 } folder && home.Now is { } now ? (folder, now) : null, ProcessEnvironment.Variables());
        var listener = await ApiListener.StartAsync(socket, new([.. new HomeEndpoints(home, board, watch).Endpoints(), .. new NameEndpoints(names, watch).Endpoints()]), new(ProcessEnvironment.UserId), log.Say, cancellationToken).ConfigureAwait(false);
        log.Say($"process {Environment.ProcessId} listens on {socket}");
        await watch.RunAsync(cancellationToken).ConfigureAwait(false);

        // What is being carried out ends at its next step; its caller still hears the result.
        log.Say("ending; containers go on");
        await listener.DisposeAsync().ConfigureAwait(false);
        await home.QuietAsync().ConfigureAwait(false);
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        SocketFile.Remove(socket);
        log.Say("ended");
        return 0;
    }
}
