using Homestack.Front.Forwarding;
using Homestack.Front.Pages;
using Homestack.Front.Requests;
using Homestack.Front.Worlds;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Sleeping;

/// <summary>Answers at a route whose service sleeps: counts the visit, wakes the service and holds the request until it can be handed on.</summary>
/// <remarks>Comes after every gate: who may not visit wakes nobody.</remarks>
internal sealed class SleepingAnswer(WorldReference worlds, Forwarder forwarder, TimeProvider clock)
{
    /// <summary>How long a visitor is held; and one who reads pages, before there is a page that looks again by itself.</summary>
    public static readonly TimeSpan Longest = VisitMeter.WishLimit, Reader = TimeSpan.FromSeconds(4);

    /// <summary>After somebody who took calls takes none.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="http">The request.</param>
    /// <param name="visitor">Who asks.</param>
    /// <param name="route">Whom it is for; its service sleeps.</param>
    /// <param name="sleeper">Of that route.</param>
    /// <param name="asked">As it came.</param>
    /// <param name="request">As the application hears it.</param>
    /// <param name="hsts">See <see cref="UpstreamExchange"/>.</param>
    public async Task WriteAsync(HttpContext http, Visitor visitor, Route route, Sleeper sleeper, CanonicalRequest asked, CanonicalRequest request, string hsts)
    {
        var began = clock.GetTimestamp();
        var limit = IsReader(http) ? Reader : Longest;
        sleeper.Visits.Begin();
        try
        {
            while (true)
            {
                var end = await sleeper.WaitAsync(limit - clock.GetElapsedTime(began), http.RequestAborted).ConfigureAwait(false);
                if (end != WaitEnd.Open)
                {
                    await SayAsync(http, route, sleeper, end).ConfigureAwait(false);
                    return;
                }

                // The world may be another since: it alone says whom the request is for, and where that is.
                if (Find(visitor, asked, route) is not (var now, var destinations))
                {
                    await ErrorPages.WriteAsync(http, StatusCodes.Status404NotFound).ConfigureAwait(false);
                    return;
                }

                if (await forwarder.SendAsync(http, visitor, request, now, destinations, isOwnName: true, hsts).ConfigureAwait(false))
                {
                    return;
                }

                sleeper.Doubt();
                await Task.Delay(Pause, clock).ConfigureAwait(false);
            }
        }
        finally
        {
            sleeper.Visits.End();
        }
    }

    private (Route Route, DestinationList Destinations)? Find(Visitor visitor, CanonicalRequest asked, Route before) =>
        worlds.Current.Find(asked.Host, visitor.Address, out var zone)?.RouteFor(zone, asked.Path) is { Target: RouteTarget.Containers containers } route && route.Name == before.Name
            ? (route, containers.Destinations) : null;

    private static Task SayAsync(HttpContext http, Route route, Sleeper sleeper, WaitEnd end) => end switch
    {
        WaitEnd.Gone => Task.CompletedTask,
        WaitEnd.Crowded => WakingPages.CrowdedAsync(http, route.Name),
        _ when sleeper.Visits.Waited >= Longest || !IsReader(http) => WakingPages.SlowAsync(http, route.Name),
        _ => WakingPages.WakingAsync(http, route.Name),
    };

    /// <summary>A browser that loads a page; what a page asks for by itself waits as programs do.</summary>
    private static bool IsReader(HttpContext http) => HttpMethods.IsGet(http.Request.Method) && Notice.IsPageAsked(http);
}
