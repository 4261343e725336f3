using Homestack.Primitives;

namespace Homestack.Front.Limits;

/// <summary>A rate of requests in ticks of the clock.</summary>
/// <param name="TicksForOne">How long one request counts.</param>
/// <param name="TicksForAll">How far somebody may be ahead; 0: there is no limit.</param>
internal readonly record struct Allowance(long TicksForOne, long TicksForAll)
{
    public bool IsUnlimited => TicksForAll == 0;

    public static Allowance Of(RequestRate rate, TimeProvider clock)
    {
        var all = (long)(rate.Period.TotalSeconds * clock.TimestampFrequency);
        return rate.Requests == 0 ? default : new(Math.Max(1, all / rate.Requests), all);
    }
}
