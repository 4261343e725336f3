namespace Homestack.NameServer.Tests;

/// <summary>The real clock, moved forward.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long shift;

    public void Shift(TimeSpan by) => Interlocked.Add(ref shift, (long)(by.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref shift);
}
