using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Text;
using Homestack.Front.Requests;
using Homestack.NameServer;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Pages;

/// <summary>Answers questions about names that come over HTTPS.</summary>
/// <remarks>Answers are not to be kept by anybody on the way: they have times of their own in them.<para>Source: RFC 8484 §4.1 (GET and POST), §4.2.1, §5.1, §6.</para></remarks>
internal static class NamesAnswer
{
    private const string Path = "/dns-query", MediaType = "application/dns-message", Parameter = "dns=";
    private const int MostQuestion = 4096;

    public static async Task WriteAsync(HttpContext http, NameEngine names, Visitor visitor, CanonicalRequest request)
    {
        if (!request.Path.SequenceEqual(Path))
        {
            await ErrorPages.WriteAsync(http, StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        var (status, question) = http.Request.Method switch
        {
            "GET" or "HEAD" => FromTarget(request.Target.AsSpan(request.PathLength)),
            "POST" => await FromBodyAsync(http).ConfigureAwait(false),
            _ => (StatusCodes.Status405MethodNotAllowed, []),
        };
        if (status != 0)
        {
            await ErrorPages.WriteAsync(http, status).ConfigureAwait(false);
            return;
        }

        var room = ArrayPool<byte>.Shared.Rent(ushort.MaxValue);
        try
        {
            var length = await names.AnswerAsync(question, new IPEndPoint(visitor.Address ?? IPAddress.None, 0), isTcp: true, room.AsMemory(0, ushort.MaxValue), http.RequestAborted).ConfigureAwait(false);
            if (length == 0)
            {
                await ErrorPages.WriteAsync(http, StatusCodes.Status400BadRequest).ConfigureAwait(false);
                return;
            }

            http.Response.ContentType = MediaType;
            http.Response.ContentLength = length;
            http.Response.Headers.CacheControl = "no-store";
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await http.Response.Body.WriteAsync(room.AsMemory(0, length), http.RequestAborted).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private static (int Status, byte[] Question) FromTarget(ReadOnlySpan<char> query)
    {
        foreach (var part in query.TrimStart('?').ToString().Split('&'))
        {
            if (part.StartsWith(Parameter, StringComparison.Ordinal) && part.Length <= Parameter.Length + (MostQuestion * 4 / 3) + 4)
            {
                try
                {
                    return (0, Base64Url.DecodeFromUtf8(Encoding.ASCII.GetBytes(part[Parameter.Length..])));
                }
                catch (FormatException)
                {
                    return (StatusCodes.Status400BadRequest, []);
                }
            }
        }

        return (StatusCodes.Status400BadRequest, []);
    }

    private static async Task<(int Status, byte[] Question)> FromBodyAsync(HttpContext http)
    {
        if (!string.Equals(http.Request.ContentType, MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return (StatusCodes.Status415UnsupportedMediaType, []);
        }

        if (http.Request.ContentLength > MostQuestion)
        {
            return (StatusCodes.Status413PayloadTooLarge, []);
        }

        var room = new byte[MostQuestion + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, http.RequestAborted).ConfigureAwait(false);
        return length > MostQuestion ? (StatusCodes.Status413PayloadTooLarge, []) : (0, room[..length]);
    }
}
