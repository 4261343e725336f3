using System.Globalization;

namespace Homestack.Planes.Certificates;

/// <summary>When an issuer is asked, and when people are warned. Pure.</summary>
/// <remarks>Never more than one order an hour for a name: no clock that is set wrong, no restart and no failure makes it more.</remarks>
public static class OrderRules
{
    /// <summary>Between two orders for one name.</summary>
    public static readonly TimeSpan BetweenOrders = TimeSpan.FromHours(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10), LongestPause = TimeSpan.FromDays(1);

    /// <summary>How long before its end people are warned, where its life is as long as usual; sooner ends of shorter ones in proportion.</summary>
    private static readonly TimeSpan[] Warnings = [TimeSpan.FromDays(30), TimeSpan.FromDays(14), TimeSpan.FromDays(3)];

    private static readonly TimeSpan UsualLife = TimeSpan.FromDays(90);

    /// <summary>How long to wait; zero: an order is due now.</summary>
    /// <param name="certificate">What is wanted.</param>
    /// <param name="sight">What is there; null: nothing.</param>
    /// <param name="record">The tries so far.</param>
    /// <param name="now">The moment.</param>
    public static TimeSpan WaitFor(PublicCertificate certificate, PublicSight? sight, OrderRecord record, Moment now)
    {
        var renewal = sight is null || !sight.IsFor(certificate.Names) ? TimeSpan.Zero : RenewAt(sight) - now.Utc;
        var hour = record.Ordered is { } ordered ? BetweenOrders - now.AtLeastSince(ordered) : TimeSpan.Zero;
        var pause = record is { Failures: > 0, Tried: { } tried } ? PauseAfter(record) - now.AboutSince(tried) : TimeSpan.Zero;
        var longest = new[] { renewal, hour, pause }.Max();
        return longest > TimeSpan.Zero ? longest : TimeSpan.Zero;
    }

    /// <summary>At two thirds of its life, or up to a fifteenth of it earlier by a lot that its own digest draws: not everybody asks at once, and a restart draws no other one.</summary>
    public static DateTimeOffset RenewAt(PublicSight sight)
    {
        var lot = uint.Parse(sight.Thumbprint.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / (double)uint.MaxValue;
        return sight.From + (sight.Lifetime * ((2.0 / 3) - (lot / 15)));
    }

    /// <summary>Seconds while the issuer cannot be reached, hours when it was asked; twice as long each time.</summary>
    public static TimeSpan PauseAfter(OrderRecord record)
    {
        var (first, most) = record.WasOrder ? (BetweenOrders, LongestPause) : (FirstPause, BetweenOrders);
        var pause = first * Math.Pow(2, Math.Clamp(record.Failures - 1, 0, 20));
        return pause < most ? pause : most;
    }

    /// <summary>How near its end is: 0 far, 1 to 3 within 30, 14 and 3 days. It should have been renewed before the first of them.</summary>
    public static int Urgency(PublicSight sight, DateTimeOffset now) =>
        Warnings.Count(warning => sight.Until - now <= (sight.Lifetime < UsualLife ? warning * (sight.Lifetime / UsualLife) : warning));
}
