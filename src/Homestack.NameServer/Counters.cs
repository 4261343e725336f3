namespace Homestack.NameServer;

/// <summary>Counts without contention: each processor has its own cache lines, and reading adds them up.</summary>
internal sealed class Counters
{
    private const int Stride = 32;

    private readonly int stripes = Environment.ProcessorCount;
    private readonly long[] values = new long[(Environment.ProcessorCount + 1) * Stride];

    public enum Count
    {
        Queries,
        Zones,
        Cache,
        Forwarded,
        Stale,
        Blocked,
        Refused,
        Malformed,
        Limited,
        Failed,
    }

    public void Add(Count count) => Interlocked.Increment(ref values[(((Thread.GetCurrentProcessorId() % stripes) + 1) * Stride) + (int)count]);

    public NameStatistics Read() => new(
        Sum(Count.Queries), Sum(Count.Zones), Sum(Count.Cache), Sum(Count.Forwarded), Sum(Count.Stale),
        Sum(Count.Blocked), Sum(Count.Refused), Sum(Count.Malformed), Sum(Count.Limited), Sum(Count.Failed));

    private long Sum(Count count)
    {
        var sum = 0L;
        for (var stripe = 1; stripe <= stripes; stripe++)
        {
            sum += Volatile.Read(ref values[(stripe * Stride) + (int)count]);
        }

        return sum;
    }
}
