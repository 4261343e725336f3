using System.Globalization;
using System.Text.RegularExpressions;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Stories;
using Homestack.EndToEnd.Worlds;

namespace Homestack.EndToEnd.Faults;

/// <summary>Two manifests of one home, the worlds that undisturbed runs make of them, and a way to kill a run that goes from one to the other.</summary>
internal sealed partial class CrashLab : IAsyncDisposable
{
    private readonly DockerEngine engine;
    private readonly Household home;
    private readonly WatchedSocket watched;
    private readonly HomestackProcess command;
    private readonly Dictionary<string, string> worlds = [];
    private IReadOnlyList<string> volumes = [];
    private IReadOnlyList<string> paths = [];

    private CrashLab(DockerEngine engine)
    {
        this.engine = engine;
        home = new Household(engine, "lab");
        watched = new WatchedSocket(engine.Folder + "/lab.sock", engine.Socket);
        command = home.Command.Through(watched.Address);
    }

    /// <summary>How often the last counted run made each call of the state store.</summary>
    public IReadOnlyDictionary<string, int> StoreCalls { get; private set; } = new Dictionary<string, int>();

    /// <summary>How many connections one thread made at most in the last counted run.</summary>
    public int Connections { get; private set; }

    /// <summary>How many points did not come up, because threads did their work in another order.</summary>
    public int Missed { get; private set; }

    public static async Task<CrashLab> OpenAsync(DockerEngine engine)
    {
        await engine.ImportAsync("test/app:1", "test/app:2", "test/web:1", "test/web:2");
        return new CrashLab(engine);
    }

    /// <summary>The home of six services before and after an edit that changes, adds, removes and leaves alone.</summary>
    public StackText Before => new StackText()
        .Store("db", "test/app:1", "db-data")
        .Store("files", "test/app:1", "files-data", "depends_on: [db]")
        .Worker("queue", "test/app:1", "depends_on: [db]")
        .Worker("old", "test/app:1")
        .Worker("steady", "test/app:1")
        .Web("web", "test/web:1", engine.Port(2), "depends_on: { queue: { condition: service_started } }");

    /// <inheritdoc cref="Before"/>
    public StackText After => new StackText()
        .Store("db", "test/app:2", "db-data")
        .Store("files", "test/app:1", "files-data", "depends_on: [db]", "environment: { PLACE: shelf }")
        .Worker("queue", "test/app:1", "depends_on: [db]")
        .Store("new", "test/app:1", "new-data")
        .Worker("steady", "test/app:1")
        .Web("web", "test/web:2", engine.Port(2), "depends_on: { queue: { condition: service_started } }");

    /// <summary>Takes everything away, data and state too.</summary>
    public async Task EmptyAsync()
    {
        await home.ForgetAsync();
        volumes = [];
    }

    /// <summary>Goes to a manifest undisturbed, remembers the world it makes, and counts where it could be killed.</summary>
    public async Task<IReadOnlyList<CrashPoint>> CountAsync(StackText target)
    {
        var trace = home.Files.Beside("trace");
        watched.Forget();
        home.Write(target);
        await PlanAsync();
        var effects = watched.Writes.Count;
        (await ApplyAsync(command.Under(Strace.Count(trace)))).Expect(0);
        volumes = await Sentinels.PlantAsync(engine.Api);
        worlds[target.ToString()] = await home.WorldAsync();
        Assert.Null(await CompareAsync(target, "undisturbed"));
        var calls = StoreCalls = Strace.StoreThread(trace);
        Connections = Strace.Connections(trace);
        paths = Strace.PathsBelow(home.Files.StateFolder, trace);
        var points = Strace.StoreCalls.Where(calls.ContainsKey).SelectMany(call => Enumerable.Range(1, calls[call]).Select(number => new CrashPoint(call, number)));
        var writes = Enumerable.Range(1, watched.Writes.Count - effects);
        return [.. points, .. writes.Select(number => new CrashPoint(CrashPoint.BeforeEffect, number)), .. writes.Select(number => new CrashPoint(CrashPoint.AfterEffect, number))];
    }

    /// <summary>Goes to a manifest, is killed at the point, and must converge with one more run; null when all is well, else what is wrong.</summary>
    public async Task<string?> KillAsync(StackText target, CrashPoint point)
    {
        home.Write(target);
        var file = await PlanAsync();
        if (file.ExitCode != 2)
        {
            return $"{point}: there was nothing to do before the crash\n{file}";
        }

        var killed = await KillAsync(point);
        if (!killed.IsKilled)
        {
            Missed++;
            if (killed.ExitCode != 0)
            {
                return $"{point}: was not killed and did not succeed\n{killed}";
            }
        }

        volumes = [.. volumes.Union(await Sentinels.PlantAsync(engine.Api))];
        var rerun = await ConvergeAsync();
        if (rerun.ExitCode != 0)
        {
            return $"{point}: one more run did not converge\n{rerun}";
        }

        return await CompareAsync(target, point.ToString());
    }

    /// <summary>Runs until the world is as the manifest says; the last call that was made.</summary>
    public async Task<CallResult> ConvergeAsync(HomestackProcess? applier = null)
    {
        var plan = await PlanAsync();
        return plan.ExitCode is 0 or 2 ? await ApplyAsync(applier ?? command) : plan;
    }

    /// <summary>Goes to a manifest with something put before the program that is made from the paths of the state store.</summary>
    public async Task<CallResult> TryAsync(StackText target, Func<IReadOnlyList<string>, IReadOnlyList<string>> prefix)
    {
        home.Write(target);
        (await PlanAsync()).Expect(2);
        return await ApplyAsync(command.Under(prefix(NextPaths())));
    }

    /// <summary>The next plan is empty, the world is the undisturbed one, the data are there; null when all is well, else what is wrong.</summary>
    public async Task<string?> CompareAsync(StackText target, string where)
    {
        var plan = await PlanAsync();
        if (plan.ExitCode != 0)
        {
            return $"{where}: the next plan was not empty\n{plan}";
        }

        if (await Sentinels.LostAsync(engine.Api, volumes) is { Count: > 0 } lost)
        {
            return $"{where}: lost the data of {string.Join(", ", lost)}";
        }

        volumes = await Sentinels.PlantAsync(engine.Api);
        var world = await home.WorldAsync();
        var undisturbed = worlds[target.ToString()];
        return world == undisturbed ? null : $"{where}: another world than without the disturbance\n--- undisturbed\n{undisturbed}\n--- now\n{world}";
    }

    public async ValueTask DisposeAsync()
    {
        await watched.DisposeAsync();
        await home.DisposeAsync();
    }

    private async Task<CallResult> KillAsync(CrashPoint point)
    {
        if (!point.IsAtTheEngine)
        {
            return await ApplyAsync(command.Under(Strace.Kill(point.Call, point.Number)));
        }

        watched.Forget();
        void Strike(EngineCall call)
        {
            if (call.IsWrite && call.Number == point.Number)
            {
                Signals.Send(call.Peer, Signals.Kill);
            }
        }

        if (point.Call == CrashPoint.BeforeEffect)
        {
            watched.Before = Strike;
        }
        else
        {
            watched.After = Strike;
        }

        try
        {
            return await ApplyAsync(command);
        }
        finally
        {
            watched.Before = watched.After = _ => { };
        }
    }

    /// <summary>The paths of the counted run, with the number that the next generation will have in place of that run's.</summary>
    private IReadOnlyList<string> NextPaths()
    {
        var last = Directory.EnumerateDirectories(Path.Combine(home.Files.StateFolder, "generations")).Select(Path.GetFileName).Order(StringComparer.Ordinal).LastOrDefault() ?? "";
        var next = int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number + 1 : 1;
        return [.. paths.Select(path => Generation().Replace(path, next.ToString("000000", CultureInfo.InvariantCulture))).Distinct()];
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Generation();

    private Task<CallResult> PlanAsync() => command.RunAsync("plan", home.Files.Folder, "--out", home.Files.Beside("plan.json"));

    private Task<CallResult> ApplyAsync(HomestackProcess command) => command.RunAsync("apply", home.Files.Beside("plan.json"), "--yes");
}
