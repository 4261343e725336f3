using Homestack.Front.Pages;
using Homestack.Front.Requests;
using Homestack.Front.Upstreams;
using Homestack.Front.Worlds;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Forwarding;

/// <summary>Hands requests on to applications and their answers back, streaming both ways.</summary>
internal sealed class Forwarder(TimeProvider clock) : IDisposable
{
    private const int MostTries = 3;

    private readonly UpstreamPools pools = new(clock);
    private readonly CallClient calls = new();

    /// <param name="http">The visitor's request.</param>
    /// <param name="visitor">Who asks.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="route">For the page, when nobody answers.</param>
    /// <param name="destinations">At least one.</param>
    /// <param name="isOwnName">The application hears the name that the visitor used.</param>
    /// <param name="hsts">See <see cref="UpstreamExchange"/>.</param>
    /// <returns>False when nobody took the call at a route whose service sleeps: nothing was sent or said then.</returns>
    public async Task<bool> SendAsync(HttpContext http, Visitor visitor, CanonicalRequest request, Route route, DestinationList destinations, bool isOwnName, string hsts)
    {
        var exchange = new UpstreamExchange(http, visitor, request, isOwnName, hsts);
        for (var turn = 1; destinations.Next() is { } destination; turn++)
        {
            var (end, refusal) = route.SpeaksHttp2 ? await calls.SendAsync(http, visitor, request, destination.Prefix, isOwnName, hsts).ConfigureAwait(false)
                : (await exchange.SendAsync(pools.Of(destination.Prefix)).ConfigureAwait(false), exchange.Refusal);
            if (end is ExchangeEnd.Done or ExchangeEnd.Gone)
            {
                return true;
            }

            // Nothing was sent where nobody took the call, so another one may be asked.
            if (end == ExchangeEnd.Dead)
            {
                destinations.Avoid(destination);
            }

            if (end != ExchangeEnd.Dead || turn >= Math.Min(MostTries, destinations.Count) || exchange.HasBody)
            {
                if (end == ExchangeEnd.Dead && route.Sleeper is not null)
                {
                    return false;
                }

                await SayAsync(http, route, end, refusal).ConfigureAwait(false);
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        pools.Dispose();
        calls.Dispose();
    }

    private static Task SayAsync(HttpContext http, Route route, ExchangeEnd end, int refusal)
    {
        http.Response.Clear();
        return end switch
        {
            ExchangeEnd.Refused => ErrorPages.RefuseAsync(http, refusal),
            ExchangeEnd.Dead when route.Target is RouteTarget.Containers => ErrorPages.NotRunningAsync(http, route.Name),
            ExchangeEnd.Silent => ErrorPages.WriteAsync(http, StatusCodes.Status504GatewayTimeout),
            _ => ErrorPages.WriteAsync(http, StatusCodes.Status502BadGateway),
        };
    }
}
