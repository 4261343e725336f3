using Homestack.Fronts;

namespace Homestack.Front.Sleeping;

/// <summary>The visits of one service that sleeps, and whether somebody wishes for it.</summary>
/// <param name="service"><c>stack/name</c>.</param>
/// <param name="clock">Monotonic time.</param>
/// <param name="tell">Hears of a wish that is new.</param>
internal sealed class VisitMeter(string service, TimeProvider clock, Action tell)
{
    /// <summary>A wish that nobody repeats is forgotten after this.</summary>
    public static readonly TimeSpan WishLimit = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private int open;
    private long last = clock.GetTimestamp();
    private bool isThere;
    private long? wished;
    private long since;

    public string Service => service;

    /// <summary>For how long there has been a wish without an answer; zero while there is none.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (gate)
            {
                return IsWished() ? clock.GetElapsedTime(since) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>A visit begins.</summary>
    public void Begin() => Interlocked.Increment(ref open);

    /// <summary>A visit ends.</summary>
    public void End()
    {
        Volatile.Write(ref last, clock.GetTimestamp());
        Interlocked.Decrement(ref open);
    }

    /// <summary>Somebody came who may, and found nobody.</summary>
    public void Wish()
    {
        bool isNew;
        lock (gate)
        {
            isNew = !IsWished();
            wished = clock.GetTimestamp();
            since = isNew ? wished.Value : since;
            isNew &= !isThere;
        }

        Tell(isNew);
    }

    /// <summary>The wish is fulfilled.</summary>
    public void Settle()
    {
        lock (gate)
        {
            wished = null;
        }
    }

    /// <summary>Whether a container of it is known.</summary>
    public void Serve(bool isThereNow)
    {
        bool isNew;
        lock (gate)
        {
            // It went away beneath somebody who waits for it.
            isNew = isThere && !isThereNow && IsWished();
            isThere = isThereNow;
        }

        Tell(isNew);
    }

    public ServiceVisits Report()
    {
        var count = Math.Max(Volatile.Read(ref open), 0);
        lock (gate)
        {
            return new() { Service = service, Open = count, Idle = count > 0 ? 0 : (long)clock.GetElapsedTime(Volatile.Read(ref last)).TotalMilliseconds, IsWanted = !isThere && IsWished() };
        }
    }

    private bool IsWished() => wished is { } moment && clock.GetElapsedTime(moment) < WishLimit;

    private void Tell(bool isNew)
    {
        if (isNew)
        {
            tell();
        }
    }
}
