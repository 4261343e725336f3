using System.Globalization;

namespace Homestack.Cli.Views;

/// <summary>Times as people say them.</summary>
internal static class Durations
{
    /// <summary>The largest unit only: <c>20 s</c>, <c>4 min</c>, <c>2 h</c>, <c>6 days</c>.</summary>
    public static string Short(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => "0 s",
        { TotalSeconds: < 120 } => Number(duration.TotalSeconds, "s"),
        { TotalMinutes: < 120 } => Number(duration.TotalMinutes, "min"),
        { TotalHours: < 48 } => Number(duration.TotalHours, "h"),
        _ => Number(duration.TotalDays, "days"),
    };

    /// <summary><c>today 21:04</c>, <c>yesterday 21:04</c>, or the date. In the zone of <paramref name="now"/>.</summary>
    public static string Moment(DateTimeOffset moment, DateTimeOffset now)
    {
        var local = moment.ToOffset(now.Offset);
        var time = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return (now.Date - local.Date).Days switch
        {
            0 => "today " + time,
            1 => "yesterday " + time,
            _ => local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        };
    }

    private static string Number(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value):0} {unit}");
}
