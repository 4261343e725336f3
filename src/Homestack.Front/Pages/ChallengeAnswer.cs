using Homestack.Front.Machine;
using Homestack.Front.Requests;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Pages;

/// <summary>Answers an issuer of certificates that asks on port 80 whether a name is ours (RFC 8555 §8.3). Whoever knows a token may hear its answer, at any name and from anywhere; others find nothing.</summary>
internal sealed class ChallengeAnswer(ChallengeFile files)
{
    private const string Folder = "/.well-known/acme-challenge/";

    public static bool IsAsked(CanonicalRequest request) => request.Path.StartsWith(Folder, StringComparison.Ordinal);

    public async Task WriteAsync(HttpContext http, CanonicalRequest request)
    {
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!isRead || files.Read(request.Path[Folder.Length..]) is not { } answer)
        {
            await ErrorPages.WriteAsync(http, StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = answer.Length;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(answer, http.RequestAborted).ConfigureAwait(false);
        }
    }
}
