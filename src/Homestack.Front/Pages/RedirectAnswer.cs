using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Pages;

/// <summary>Sends a visitor elsewhere, with the same method (RFC 9110 §15.4.9).</summary>
internal static class RedirectAnswer
{
    private const int HttpsPort = 443;

    /// <param name="http">The request.</param>
    /// <param name="host">One that exists for the visitor.</param>
    /// <param name="port">0 when there is no HTTPS.</param>
    /// <param name="target">Path and query.</param>
    public static Task ToHttpsAsync(HttpContext http, string host, int port, string target) => port switch
    {
        0 => ErrorPages.WriteAsync(http, StatusCodes.Status404NotFound),
        HttpsPort => ToAsync(http, $"https://{host}{target}"),
        _ => ToAsync(http, string.Create(CultureInfo.InvariantCulture, $"https://{host}:{port}{target}")),
    };

    public static Task ToAsync(HttpContext http, string location)
    {
        http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        http.Response.Headers.Location = location;
        http.Response.ContentLength = 0;
        // It may be another place tomorrow, or none: browsers must ask again.
        http.Response.Headers.CacheControl = "no-cache";
        return Task.CompletedTask;
    }
}
