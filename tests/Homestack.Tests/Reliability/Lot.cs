using System.Globalization;

namespace Homestack.Tests.Reliability;

/// <summary>How much is drawn by lot, and from which seed.</summary>
internal static class Lot
{
    /// <summary>The long runs were asked for.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("HOMESTACK_LONG") is { Length: > 0 };

    /// <summary>Given as <c>HOMESTACK_SEED</c> to repeat a run; else another one each time.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("HOMESTACK_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount & 0xFFFFFF;

    /// <summary>Runs a law for many seeds on all cores; a failure names the seed that repeats it.</summary>
    /// <param name="count">How many seeds, from <see cref="Seed"/> on.</param>
    /// <param name="law">Throws when it does not hold.</param>
    public static async Task ForAllAsync(int count, Func<Random, Task> law)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), TestContext.Current.CancellationToken, async (index, _) =>
        {
            try
            {
                await law(new Random(Seed + index));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"HOMESTACK_SEED={Seed + index} repeats this:\n{failure}", failure);
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{count:N0} cases from seed {Seed} in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
    }
}
