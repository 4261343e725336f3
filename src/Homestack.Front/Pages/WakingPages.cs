using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Pages;

/// <summary>What is said while a service that slept is being started. Each looks again by itself.</summary>
internal static class WakingPages
{
    /// <param name="http">The request.</param>
    /// <param name="route">Such as <c>media/jellyfin</c>.</param>
    public static Task WakingAsync(HttpContext http, string route) =>
        Passing($"{ErrorPages.Shown(route)} is waking up", "It was asleep because nobody had visited for a while. It is being started now.").WriteAsync(http);

    /// <inheritdoc cref="WakingAsync"/>
    public static Task SlowAsync(HttpContext http, string route) =>
        Passing($"{ErrorPages.Shown(route)} takes long to wake up", "It was asleep and is to be started, and does not answer yet. Whoever looks after this home can see why.").WriteAsync(http);

    /// <inheritdoc cref="WakingAsync"/>
    public static Task CrowdedAsync(HttpContext http, string route) =>
        Passing($"{ErrorPages.Shown(route)} is waking up", "Many wait for it already. Try again in a moment.").WriteAsync(http);

    private static Notice Passing(string title, string detail) => new(StatusCodes.Status503ServiceUnavailable, title, detail, isPassing: true);
}
