using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Pages;

/// <summary>What is said when something is not as the visitor hoped. One for each status, the same bytes for every visitor and every name.</summary>
internal static class ErrorPages
{
    private static readonly FrozenDictionary<int, Notice> Notices = new (int Status, string Title, string Detail)[]
    {
        (400, "Bad request", "The request could be read in more than one way, so it was not answered."),
        (404, "Not found", "There is nothing here. Check the address."),
        (405, "Not allowed", "This kind of request is not answered here."),
        (408, "Too slow", "The request took too long to arrive. Try again."),
        (412, "Changed", "What you asked for has changed meanwhile."),
        (413, "Too large", "What you sent is larger than is taken here."),
        (416, "Not that long", "The file does not have the part that was asked for."),
        (421, "Misdirected request", "This connection is for another name. Load the page again."),
        (429, "Too many requests", "A lot was asked from your address in a short time. Wait a moment and try again."),
        (431, "Too much said", "The headers of the request are larger than is taken here. Clearing this site's cookies may help."),
        (502, "No answer", "The application behind this address did not answer. Try again in a moment."),
        (504, "No answer in time", "The application behind this address took too long. Try again in a moment."),
    }.ToFrozenDictionary(notice => notice.Status, notice => new Notice(notice.Status, notice.Title, notice.Detail));

    /// <summary>Refuses and closes the connection, where it is one request at a time.</summary>
    public static Task RefuseAsync(HttpContext http, int status)
    {
        if (HttpProtocol.IsHttp11(http.Request.Protocol) || HttpProtocol.IsHttp10(http.Request.Protocol))
        {
            http.Response.Headers.Connection = "close";
        }

        return WriteAsync(http, status);
    }

    public static Task WriteAsync(HttpContext http, int status) => Notices.TryGetValue(status, out var notice) ? notice.WriteAsync(http) : WriteAsync(http, status, [], Html.Type);

    /// <summary>Of a service that exists for this visitor and has no container at the moment.</summary>
    /// <param name="http">The request.</param>
    /// <param name="route">Such as <c>media/jellyfin</c>.</param>
    public static Task NotRunningAsync(HttpContext http, string route) =>
        new Notice(StatusCodes.Status503ServiceUnavailable, $"{Shown(route)} is not running", "It may be starting, or is being updated. That rarely takes longer than a minute.", isPassing: true).WriteAsync(http);

    /// <summary>Of a service whose own check says that it is not well.</summary>
    public static Task UnwellAsync(HttpContext http, string route) =>
        new Notice(StatusCodes.Status503ServiceUnavailable, $"{Shown(route)} is not well", "It runs, but fails its own check, so nobody is sent to it. It is back as soon as the check passes.", isPassing: true).WriteAsync(http);

    /// <summary>Of something that its owner took off for a while.</summary>
    public static Task MaintenanceAsync(HttpContext http, string route) =>
        new Notice(StatusCodes.Status503ServiceUnavailable, $"{Shown(route)} is being worked on", "Whoever looks after this home has taken it off for a while. Nothing is lost; try again later.", isPassing: true).WriteAsync(http);

    public static async Task WriteAsync(HttpContext http, int status, byte[] content, string type)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = content.Length;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = Html.Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(content, http.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>The household says "jellyfin", not "media/jellyfin".</summary>
    public static string Shown(string route) => route[(route.LastIndexOf('/') + 1)..];
}
