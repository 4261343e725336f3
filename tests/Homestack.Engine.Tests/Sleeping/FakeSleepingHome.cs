using System.Threading.Channels;
using Homestack.Collections;
using Homestack.Engine.Sleeping;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.Engine.Tests.Sleeping;

/// <summary>One service, a front that says what the test says, and a container engine that does as it is told or fails.</summary>
internal sealed class FakeSleepingHome : ISleepingHome
{
    public const string Service = "media/films";

    private readonly Channel<VisitsReport?> reports = Channel.CreateUnbounded<VisitsReport?>();
    private readonly SemaphoreSlim asked = new(0);
    private int starts;

    public TimeSpan? Sleep { get; set; } = TimeSpan.FromMinutes(30);

    public string Run { get; set; } = "a@1";

    public bool IsEngineAway { get; set; }

    public bool IsBusy { get; set; }

    /// <summary>The look right before a stop.</summary>
    public ServiceVisits Last { get; set; } = new() { Service = Service, Idle = long.MaxValue / TimeSpan.TicksPerMillisecond };

    public List<string> Done { get; } = [];

    public List<(long After, TimeSpan Wait)> Questions { get; } = [];

    public ValueMap<TimeSpan> Sleeping() => Sleep is { } sleep ? ValueMap<TimeSpan>.Empty.With(Service, sleep) : ValueMap<TimeSpan>.Empty;

    /// <summary>The front's answer to the question that is open, and waits until the next one is asked.</summary>
    public async Task SayAsync(VisitsReport? report)
    {
        reports.Writer.TryWrite(report);
        await AskedAsync();
    }

    public Task SayAsync(long number, double idleMinutes, int open = 0, bool isWanted = false) => SayAsync(new VisitsReport
    {
        Number = number,
        Services = [new() { Service = Service, Idle = (long)(idleMinutes * 60_000), Open = open, IsWanted = isWanted }],
    });

    public async Task AskedAsync() => Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

    public async Task<VisitsReport?> VisitsAsync(long after, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait == TimeSpan.Zero && Questions.Count > 0 && after > 0 && IsLast)
        {
            return new() { Number = after, Services = [Last] };
        }

        Questions.Add((after, wait));
        asked.Release();
        return await reports.Reader.ReadAsync(cancellationToken);
    }

    private bool IsLast { get; set; }

    public Task<ValueMap<string>> RunsAsync(CancellationToken cancellationToken) =>
        IsEngineAway ? throw new MachineException("look", "It is away.", "") : Task.FromResult(ValueMap<string>.Empty.With(Service, Run));

    public Task<bool> WakeAsync(string service, CancellationToken cancellationToken)
    {
        if (IsBusy)
        {
            return Task.FromResult(false);
        }

        Run = $"a@{++starts + 1}";
        Done.Add("wake");
        return Task.FromResult(true);
    }

    public async Task<bool> StopAsync(string service, Func<Task<bool>> isStillIdle, CancellationToken cancellationToken)
    {
        IsLast = true;
        try
        {
            if (IsBusy || !await isStillIdle())
            {
                return false;
            }

            Run = "";
            Done.Add("stop");
            return true;
        }
        finally
        {
            IsLast = false;
        }
    }
}
