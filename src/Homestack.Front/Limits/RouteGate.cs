using System.Globalization;
using Homestack.Front.Pages;
using Homestack.Front.Requests;
using Homestack.Front.Worlds;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Homestack.Front.Limits;

/// <summary>The second look at a request, once it is known whom it is for: refuses what is too much for that one.</summary>
internal sealed class RouteGate(RequestLimiter limiter)
{
    private const int HeaderOverhead = 4;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <returns>Null when it may pass; else the answer.</returns>
    public Task? Refuse(HttpContext http, Visitor visitor, Route route, ulong zone)
    {
        var bounds = route.Bounds;
        var allowance = zone == ZoneTable.PublicBit ? bounds.Outside : bounds.AtHome;
        if (!allowance.IsUnlimited && limiter.Take(visitor.Number, route.Number, allowance) is > 0 and var seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return ErrorPages.WriteAsync(http, StatusCodes.Status429TooManyRequests);
        }

        if (bounds.Headers > 0 && IsLonger(http.Request.Headers, bounds.Headers))
        {
            return ErrorPages.RefuseAsync(http, StatusCodes.Status431RequestHeaderFieldsTooLarge);
        }

        if (bounds.Body is { } most)
        {
            if (http.Request.ContentLength > most)
            {
                return ErrorPages.RefuseAsync(http, StatusCodes.Status413PayloadTooLarge);
            }

            // A body without a length is counted while it is read.
            if (http.Request.ContentLength is null && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = most;
            }
        }

        if (bounds.Slowest is { } slowest)
        {
            Hurry(http, slowest);
        }

        return null;
    }

    /// <remarks>Over HTTP/2 the limit belongs to the connection, which carries requests of others, and can only be left out.</remarks>
    private static void Hurry(HttpContext http, double slowest)
    {
        var rate = slowest == 0 ? null : new MinDataRate(slowest, Grace);
        if (rate is null || HttpProtocol.IsHttp11(http.Request.Protocol))
        {
            if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } reading)
            {
                reading.MinDataRate = rate;
            }

            if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } writing)
            {
                writing.MinDataRate = rate;
            }
        }
    }

    private static bool IsLonger(IHeaderDictionary headers, long most)
    {
        var length = 0L;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                length += name.Length + (value?.Length ?? 0) + HeaderOverhead;
            }
        }

        return length > most;
    }
}
