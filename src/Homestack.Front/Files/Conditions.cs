using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Files;

/// <summary>Conditions of a request, in their order (RFC 9110 §13.2.2).</summary>
internal static class Conditions
{
    /// <returns>200, 304 or 412.</returns>
    public static int Check(IHeaderDictionary ask, string tag, DateTimeOffset modified)
    {
        if (ask.IfMatch.Count > 0 ? !Has(ask.IfMatch.ToString(), tag) : IsDate(ask.IfUnmodifiedSince.ToString(), out var since) && Second(modified) > since)
        {
            return StatusCodes.Status412PreconditionFailed;
        }

        var isKnown = ask.IfNoneMatch.Count > 0 ? Has(ask.IfNoneMatch.ToString(), tag) : IsDate(ask.IfModifiedSince.ToString(), out var seen) && Second(modified) <= seen;
        return isKnown ? StatusCodes.Status304NotModified : StatusCodes.Status200OK;
    }

    /// <summary>Whether If-Range, if any, still fits.</summary>
    public static bool MayBePart(IHeaderDictionary ask, string tag, DateTimeOffset modified)
    {
        var condition = ask.IfRange.ToString();
        return condition.Length == 0 || condition == tag || (IsDate(condition, out var date) && Second(modified) == date);
    }

    /// <summary>Weak comparison: our tags are strong, and a cache may have weakened one.</summary>
    private static bool Has(string list, string tag) =>
        list.Trim() == "*" || list.Split(',').Any(item => item.Trim() is var text && (text == tag || (text.StartsWith("W/", StringComparison.Ordinal) && text[2..] == tag)));

    private static bool IsDate(string text, out DateTimeOffset date) => DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);

    private static DateTimeOffset Second(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds());
}
