using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using Homestack.Front.Machine;
using Homestack.Front.Pages;
using Homestack.Front.Requests;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Files;

/// <summary>Answers with files beneath a folder.</summary>
/// <remarks>A name that begins with a dot does not exist, and no link leads out of the folder.
/// <para>Source: RFC 9110 §8.8 (validators), §13 (conditions), §14 (ranges).</para></remarks>
internal static class FolderAnswer
{
    private const string Index = "index.html";
    private const int BufferSize = 64 << 10;
    private const long LargestCompressed = 8 << 20, SmallestCompressed = 256;

    public static async Task WriteAsync(HttpContext http, string folder, CanonicalRequest request)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            await ErrorPages.WriteAsync(http, StatusCodes.Status405MethodNotAllowed).ConfigureAwait(false);
            return;
        }

        var path = Uri.UnescapeDataString(request.Path[1..]);
        var isFolderAsked = path.Length == 0 || path.EndsWith('/');
        using var found = IsVisible(path) ? SiteFile.Open(folder, isFolderAsked ? path + Index : path) : null;
        if (found is { IsFolder: true } && !isFolderAsked)
        {
            await RedirectAnswer.ToAsync(http, $"{http.Request.Scheme}://{request.Authority}{request.Path}/{request.Target.AsSpan(request.Path.Length)}").ConfigureAwait(false);
            return;
        }

        if (found?.Handle is null)
        {
            await ErrorPages.WriteAsync(http, StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        await WriteAsync(http, found, FileTypes.Of(isFolderAsked ? Index : path)).ConfigureAwait(false);
    }

    private static bool IsVisible(string path)
    {
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].StartsWith('.') || (segments[i].Length == 0 && i < segments.Length - 1))
            {
                return false;
            }
        }

        return true;
    }

    private static Task WriteAsync(HttpContext http, SiteFile file, FileType type)
    {
        var ask = http.Request.Headers;
        var response = http.Response;
        var isRange = ask.Range.Count > 0;
        var coding = type.IsText && !isRange && file.Size is >= SmallestCompressed and <= LargestCompressed ? Codings.Choose(ask.AcceptEncoding.ToString()) : Coding.Plain;
        var tag = coding == Coding.Plain ? $"\"{file.Mark}\"" : $"\"{file.Mark}-{coding.ToString().ToLowerInvariant()}\"";
        response.ContentType = type.Name;
        response.Headers.ETag = tag;
        response.Headers.LastModified = file.Modified.ToString("R", CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-cache";
        response.Headers.AcceptRanges = "bytes";
        response.Headers.XContentTypeOptions = "nosniff";
        if (type.IsText)
        {
            response.Headers.Vary = "Accept-Encoding";
        }

        var state = Conditions.Check(ask, tag, file.Modified);
        if (state != StatusCodes.Status200OK)
        {
            response.StatusCode = state;
            response.Headers.ContentType = default;
            return state == StatusCodes.Status412PreconditionFailed ? ErrorPages.WriteAsync(http, state) : Task.CompletedTask;
        }

        return coding == Coding.Plain ? WritePlainAsync(http, file, tag) : WriteCompressedAsync(http, file, coding);
    }

    private static Task WritePlainAsync(HttpContext http, SiteFile file, string tag)
    {
        var response = http.Response;
        var (from, length) = (0L, file.Size);
        if (http.Request.Headers.Range.Count == 1 && Conditions.MayBePart(http.Request.Headers, tag, file.Modified))
        {
            var part = ByteRange.Read(http.Request.Headers.Range.ToString(), file.Size);
            if (part is { IsOutside: true })
            {
                response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Size}");
                return ErrorPages.WriteAsync(http, StatusCodes.Status416RangeNotSatisfiable);
            }

            if (part is not null)
            {
                (from, length) = (part.From, part.Length);
                response.StatusCode = StatusCodes.Status206PartialContent;
                response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{from + length - 1}/{file.Size}");
            }
        }

        response.ContentLength = length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : CopyAsync(file, from, length, response.Body, http.RequestAborted);
    }

    private static async Task WriteCompressedAsync(HttpContext http, SiteFile file, Coding coding)
    {
        http.Response.Headers.ContentEncoding = coding == Coding.Brotli ? "br" : "gzip";
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        var counting = new Logs.CountingStream(http.Response.Body);
        http.Response.Body = counting;
        Stream compressing = coding == Coding.Brotli ? new BrotliStream(counting, CompressionLevel.Fastest, leaveOpen: true) : new GZipStream(counting, CompressionLevel.Fastest, leaveOpen: true);
        await using (compressing.ConfigureAwait(false))
        {
            await CopyAsync(file, 0, file.Size, compressing, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static async Task CopyAsync(SiteFile file, long from, long length, Stream to, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (length > 0 && file.Handle is { } handle)
            {
                var count = await RandomAccess.ReadAsync(handle, buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), from, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    // It became shorter meanwhile: the missing bytes are seen as a connection that broke.
                    throw new IOException("The file became shorter while it was sent.");
                }

                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                (from, length) = (from + count, length - count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
