using System.Text.Json;
using Homestack.Fronts;

namespace Homestack.Front.Tests.Sleeping;

/// <summary>What the engine would ask.</summary>
internal static class FrontVisits
{
    public static async Task<VisitsReport> VisitsAsync(this FrontUnderTest front, long after = 0, int wait = 0)
    {
        using var control = front.Control();
        return JsonSerializer.Deserialize(await control.GetByteArrayAsync(new Uri($"http://front/visits?after={after}&wait={wait}"), TestContext.Current.CancellationToken), FrontsJsonContext.Default.VisitsReport) ?? new();
    }

    /// <summary>Until one service's visits are so; five seconds at most.</summary>
    public static async Task UntilAsync(this FrontUnderTest front, Predicate<ServiceVisits> isSo)
    {
        for (var turn = 0; turn < 250; turn++)
        {
            if ((await front.VisitsAsync()).Services.Any(visits => isSo(visits)))
            {
                return;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"It never became so: {string.Join(' ', (await front.VisitsAsync()).Services)}");
    }
}
