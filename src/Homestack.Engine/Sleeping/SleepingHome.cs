using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Engine.Fronts;
using Homestack.Fronts;
using Homestack.Homes;
using Homestack.Machine;
using Homestack.Planes;
using Homestack.Planes.Containers;

namespace Homestack.Engine.Sleeping;

/// <summary>The engine's home, as far as its services sleep.</summary>
/// <param name="home">Says what is wanted, and lets one thing be done at a time.</param>
/// <param name="plane">Containers of a home, for starting and stopping.</param>
/// <param name="front">Says who visits.</param>
/// <param name="addresses">Tells the front where containers are.</param>
/// <param name="times">How patient.</param>
internal sealed class SleepingHome(WatchedHome home, Func<ContainersPlane> plane, FrontClient front, AddressWatch addresses, SleepTimes times) : ISleepingHome
{
    public ValueMap<TimeSpan> Sleeping() => home.Now is not { } now ? ValueMap<TimeSpan>.Empty
        : now.Services.Where(service => service.Value.Exposure.Sleep is not null).ToValueMap(service => service.Key, service => times.After ?? service.Value.Exposure.Sleep ?? TimeSpan.MaxValue);

    /// <remarks>The question holds a thread of its own: those of the pool have other things to do.</remarks>
    public async Task<VisitsReport?> VisitsAsync(long after, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Factory.StartNew(() => front.Visits(after, wait, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        catch (MachineException)
        {
            // There is none at the moment: its own keeper says so and starts it.
            return null;
        }
    }

    public async Task<ValueMap<string>> RunsAsync(CancellationToken cancellationToken)
    {
        if (home.Now is not { } now)
        {
            return ValueMap<string>.Empty;
        }

        var runs = new Dictionary<string, string>(StringComparer.Ordinal);
        using var engines = new HostEngines(now.Hosts);
        var finder = new ServiceFinder(now, engines);
        foreach (var service in now.Services.Where(service => service.Value.Exposure.Sleep is not null))
        {
            var running = (await finder.ContainersAsync(service, cancellationToken).ConfigureAwait(false)).Where(container => container.IsRunning);
            var inspected = await Task.WhenAll(running.Select(container => container.Engine.InspectContainerAsync(container.Id, cancellationToken))).ConfigureAwait(false);
            runs[service.Key] = string.Join(' ', inspected.Where(container => container is not null).Select(container => $"{container?.Id}@{container?.State.StartedAt}"));
        }

        return runs.ToValueMap();
    }

    public Task<bool> WakeAsync(string service, CancellationToken cancellationToken) => home.AloneAsync(times.Patience, async () =>
    {
        await EachAsync(service, (container, own) => Replacement.Start(container, Replacement.New(container, own)), cancellationToken).ConfigureAwait(false);
        addresses.Wake();
        return true;
    }, cancellationToken);

    public Task<bool> StopAsync(string service, Func<Task<bool>> isStillIdle, CancellationToken cancellationToken) => home.AloneAsync(times.Moment, async () =>
    {
        await addresses.HideAsync(service, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await isStillIdle().ConfigureAwait(false))
            {
                return false;
            }

            await EachAsync(service, (container, own) => new StopContainer(Replacement.New(container, own), Replacement.Grace(container.Body.StopTimeout)) { Host = container.Host }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            addresses.Show();
        }
    }, cancellationToken);

    private async Task EachAsync(string service, Func<Container, string, ContainersChange> change, CancellationToken cancellationToken)
    {
        if (home.Now is not { } now)
        {
            return;
        }

        var opened = plane();
        opened.Open(now.Hosts);
        var desired = opened.Compile(now, new DiagnosticBag());
        foreach (var container in desired.Containers.Where(container => container.Owner == service))
        {
            await opened.ApplyAsync(change(container, desired.Home), new Progress<StepProgress>(), cancellationToken).ConfigureAwait(false);
        }
    }
}
