using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Homestack.Engine.Api;

/// <summary>What endpoints read and write.</summary>
internal static class Messages
{
    private const int Piece = 16 << 10;

    /// <summary>The whole body; the endpoint bounds its time.</summary>
    /// <param name="http">The request.</param>
    /// <param name="budget">Most bytes.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="InvalidDataException">It is larger.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext http, int budget, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var piece = new byte[Piece];
        while (await http.Request.Body.ReadAsync(piece, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            body.Write(piece, 0, count);
            if (body.Length > budget)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The body has more than {budget:N0} bytes."));
            }
        }

        return body.ToArray();
    }

    public static Task WriteAsync(HttpContext http, byte[] json, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(json, cancellationToken).AsTask();
    }
}
