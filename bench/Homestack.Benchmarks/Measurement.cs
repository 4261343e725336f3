using System.Diagnostics;
using System.Globalization;

namespace Homestack.Benchmarks;

/// <summary>What repeated runs of one piece of work took.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Runs">How often it was measured, after the warm-up.</param>
/// <param name="Median">Half of the runs were faster.</param>
/// <param name="P95">Nineteen of twenty runs were faster.</param>
/// <param name="Allocated">Bytes that one run allocates, median.</param>
internal sealed record Measurement(string Name, int Runs, TimeSpan Median, TimeSpan P95, long Allocated)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private const int LeastWarmRuns = 5;

    /// <summary>Runs the work until the just-in-time compiler has settled, then measures it.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="runs">At least 1.</param>
    /// <param name="work">Returns something that depends on all of its work, so that none can be left out.</param>
    public static Measurement Of(string name, int runs, Func<object?> work)
    {
        var warm = Stopwatch.StartNew();
        for (var i = 0; i < LeastWarmRuns || warm.Elapsed < WarmUp; i++)
        {
            GC.KeepAlive(work());
        }

        var times = new TimeSpan[runs];
        var bytes = new long[runs];
        for (var i = 0; i < runs; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var began = Stopwatch.GetTimestamp();
            var result = work();
            times[i] = Stopwatch.GetElapsedTime(began);
            bytes[i] = GC.GetAllocatedBytesForCurrentThread() - before;
            GC.KeepAlive(result);
        }

        Array.Sort(times);
        Array.Sort(bytes);
        return new(name, runs, times[runs / 2], times[(int)Math.Ceiling(runs * 0.95) - 1], bytes[runs / 2]);
    }

    /// <summary>A row of a Markdown table.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {Median.TotalMilliseconds:F2} | {P95.TotalMilliseconds:F2} | {Allocated / 1024.0:N0} |");
}
