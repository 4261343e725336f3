using System.Globalization;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd;

/// <summary>What the reliability tests measured, for <c>docs/reliability.md</c>: into the test's output and <c>artifacts/reliability.txt</c>.</summary>
internal static class Figures
{
    private static readonly Lock Gate = new();

    /// <summary>The long runs were asked for.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("HOMESTACK_LONG") is { Length: > 0 };

    /// <summary>Given as <c>HOMESTACK_SEED</c> to repeat a run; else another one each time. Printed with every figure.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("HOMESTACK_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount & 0xFFFFFF;

    public static void Record(string row, string words)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} {row}: {words} (seed {Seed}{(IsLong ? ", long" : "")})");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        lock (Gate)
        {
            File.AppendAllText(Path.Combine(Repository.Root, "artifacts/reliability.txt"), line + "\n");
        }
    }

    /// <summary>The value below which <paramref name="percent"/> of all lie.</summary>
    public static double Percentile(IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
    }

    /// <summary>In the short run <paramref name="count"/> of them by lot; in the long run all.</summary>
    public static IReadOnlyList<T> Sample<T>(IReadOnlyList<T> all, int count)
    {
        if (IsLong || all.Count <= count)
        {
            return all;
        }

        var lot = new Random(Seed);
        return [.. all.Select((item, index) => (item, index, order: lot.Next())).OrderBy(drawn => drawn.order).Take(count).OrderBy(drawn => drawn.index).Select(drawn => drawn.item)];
    }
}
