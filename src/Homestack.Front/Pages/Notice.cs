using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Homestack.Front.Pages;

/// <summary>Something that is told to a visitor, in the form that the visitor reads: a page, JSON (RFC 9457), or a line of text.</summary>
internal sealed class Notice
{
    private readonly int status;
    private readonly string title, detail;
    private readonly bool isPassing;
    private byte[]? page, json, text;

    /// <param name="status">Of the answer.</param>
    /// <param name="title">A few words.</param>
    /// <param name="detail">A sentence or two.</param>
    /// <param name="isPassing">The page looks again by itself.</param>
    public Notice(int status, string title, string detail, bool isPassing = false) => (this.status, this.title, this.detail, this.isPassing) = (status, title, detail, isPassing);

    /// <summary>Seconds after which a page looks again.</summary>
    public const string Again = "5";

    public Task WriteAsync(HttpContext http)
    {
        if (isPassing)
        {
            http.Response.Headers.RetryAfter = Again;
        }

        var accepted = http.Request.Headers.Accept;
        return Names(accepted, "text/html") ? ErrorPages.WriteAsync(http, status, page ??= Page(), Html.Type)
            : Names(accepted, "json") ? ErrorPages.WriteAsync(http, status, json ??= Json(), "application/problem+json")
            : ErrorPages.WriteAsync(http, status, text ??= Encoding.UTF8.GetBytes($"{title}. {detail}\n"), "text/plain; charset=utf-8");
    }

    /// <summary>Whoever asks reads pages.</summary>
    public static bool IsPageAsked(HttpContext http) => Names(http.Request.Headers.Accept, "text/html");

    private byte[] Page()
    {
        var encode = HtmlEncoder.Default;
        var code = status.ToString(CultureInfo.InvariantCulture);
        return Html.Page(encode.Encode(title), $"<h1>{encode.Encode(title)}</h1><p>{encode.Encode(detail)}</p>"
            + (isPassing ? $"<p class=\"quiet\" role=\"status\"><span class=\"dot\"></span>This page looks again every {Again} seconds.</p>" : $"<p class=\"quiet\">Whoever looks after this home may want the code {code}.</p>"), isPassing ? Again : "");
    }

    private byte[] Json() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{{\"title\":\"{JsonEncodedText.Encode(title)}\",\"status\":{status},\"detail\":\"{JsonEncodedText.Encode(detail)}\"}}"));

    private static bool Names(StringValues accepted, string type)
    {
        foreach (var value in accepted)
        {
            if (value is not null && value.Contains(type, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
