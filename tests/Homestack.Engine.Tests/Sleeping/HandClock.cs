namespace Homestack.Engine.Tests.Sleeping;

/// <summary>Time that passes when a test says so. Timers are real.</summary>
internal sealed class HandClock : TimeProvider
{
    private long ticks = 1_000_000;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public void Pass(TimeSpan span) => Interlocked.Add(ref ticks, span.Ticks);
}
