using System.Collections.Concurrent;

namespace Homestack.Front.Upstreams;

/// <summary>The connections to all applications. They outlive the snapshots that name them.</summary>
internal sealed class UpstreamPools : IDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, UpstreamPool> pools = new(StringComparer.Ordinal);
    private readonly Func<string, UpstreamPool> make;
    private readonly ITimer timer;

    public UpstreamPools(TimeProvider clock)
    {
        make = prefix => new(prefix, clock);
        timer = clock.CreateTimer(_ => Sweep(), null, Turn, Turn);
    }

    /// <param name="prefix">See <see cref="UpstreamPool"/>.</param>
    public UpstreamPool Of(string prefix) => pools.TryGetValue(prefix, out var pool) ? pool : pools.GetOrAdd(prefix, make);

    public void Dispose()
    {
        timer.Dispose();
        foreach (var pool in pools.Values)
        {
            pool.Dispose();
        }
    }

    private void Sweep()
    {
        foreach (var pool in pools.ToArray())
        {
            pool.Value.Sweep();
            _ = pool.Value.TryClose() && pools.TryRemove(pool);
        }
    }
}
