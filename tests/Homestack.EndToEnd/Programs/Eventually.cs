using System.Diagnostics;

namespace Homestack.EndToEnd.Programs;

/// <summary>Waits for something that another process does, looked at often and never for longer than it may take.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static Task BecomesTrueAsync(Func<bool> condition, TimeSpan limit, string what) => BecomesTrueAsync(() => Task.FromResult(condition()), limit, what);

    public static async Task<TimeSpan> BecomesTrueAsync(Func<Task<bool>> condition, TimeSpan limit, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < limit, $"After {limit.TotalSeconds:0.#} s still not so: {what}");
            await Task.Delay(Pause);
        }

        return watch.Elapsed;
    }
}
