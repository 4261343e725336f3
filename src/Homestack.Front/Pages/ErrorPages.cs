using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Pages;

/// <summary>The pages that say that something is not as the visitor hoped. One for each status, the same bytes for every visitor and every name.</summary>
internal static class ErrorPages
{
    private static readonly FrozenDictionary<int, byte[]> Pages = new Dictionary<int, byte[]>
    {
        [400] = Html.Page("Bad request", "<h1>Bad request</h1><p>The request could be read in more than one way, so it was not answered.</p>"),
        [404] = Html.Page("Not found", "<h1>Not found</h1><p>There is nothing here. Check the address.</p>"),
        [405] = Html.Page("Not allowed", "<h1>Not allowed</h1><p>This kind of request is not answered here.</p>"),
        [412] = Html.Page("Changed", "<h1>Changed</h1><p>What you asked for has changed meanwhile.</p>"),
        [416] = Html.Page("Not that long", "<h1>Not that long</h1><p>The file does not have the part that was asked for.</p>"),
        [421] = Html.Page("Misdirected", "<h1>Misdirected request</h1><p>This connection is for another name. Load the page again.</p>"),
        [502] = Html.Page("No answer", "<h1>No answer</h1><p>The application behind this address did not answer. Try again in a moment.</p>"),
        [504] = Html.Page("No answer in time", "<h1>No answer in time</h1><p>The application behind this address took too long.</p>"),
    }.ToFrozenDictionary();

    /// <summary>Refuses and closes the connection, where it is one request at a time.</summary>
    public static Task RefuseAsync(HttpContext http, int status)
    {
        if (HttpProtocol.IsHttp11(http.Request.Protocol) || HttpProtocol.IsHttp10(http.Request.Protocol))
        {
            http.Response.Headers.Connection = "close";
        }

        return WriteAsync(http, status);
    }

    public static Task WriteAsync(HttpContext http, int status) => WriteAsync(http, status, Pages.TryGetValue(status, out var page) ? page : []);

    /// <summary>Of a service that exists for this visitor and has no container at the moment.</summary>
    public static Task NotRunningAsync(HttpContext http, string route)
    {
        var name = HtmlEncoder.Default.Encode(route);
        http.Response.Headers.RetryAfter = "5";
        return WriteAsync(http, StatusCodes.Status503ServiceUnavailable, Html.Page("Not running", $"<h1>{name} is not running</h1><p>It may be starting. Try again in a moment.</p>"));
    }

    public static async Task WriteAsync(HttpContext http, int status, byte[] page)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = Html.Type;
        http.Response.ContentLength = page.Length;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = Html.Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(page, http.RequestAborted).ConfigureAwait(false);
        }
    }
}

/// <summary>The frame of our pages: readable by people and by screen readers, in the dark too, without a script.</summary>
internal static class Html
{
    public const string Type = "text/html; charset=utf-8";

    /// <summary>Nothing may be loaded; the style stands in the page.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    /// <param name="title">Text.</param>
    /// <param name="body">HTML, already encoded.</param>
    public static byte[] Page(string title, string body) => Encoding.UTF8.GetBytes(
        $$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{title}}</title>
        <style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1rem}h1{font-size:1.6rem}</style>
        </head><body><main>{{body}}</main></body></html>

        """);
}
