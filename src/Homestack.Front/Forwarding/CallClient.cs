using System.Net;
using System.Net.Http.Headers;
using Homestack.Front.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Homestack.Front.Forwarding;

/// <summary>Asks applications that speak HTTP/2 without TLS, as gRPC does: both sides may speak while the call is open, and trailers pass.</summary>
/// <remarks>Through the BCL's client, whose HTTP/2 is well kept; such services are few, and what they ask is not many small pages.
/// <para>Source: RFC 9113 §3.3 (prior knowledge), §8.1 (trailers); gRPC over HTTP/2 (<c>TE: trailers</c>).</para></remarks>
internal sealed class CallClient : IDisposable
{
    private const int Piece = 16 << 10;

    private readonly Lazy<HttpMessageInvoker> client = new(static () => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
    }));

    /// <returns>How it ended, and what to tell a visitor who was refused.</returns>
    public async ValueTask<(ExchangeEnd End, int Refusal)> SendAsync(HttpContext http, Visitor visitor, CanonicalRequest request, string prefix, bool isOwnName, string hsts)
    {
        var body = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is false ? null : new CallBody(http.Request);
        if (HttpMethods.IsConnect(http.Request.Method) || !Uri.TryCreate(prefix + request.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var address))
        {
            return (ExchangeEnd.Refused, StatusCodes.Status400BadRequest);
        }

        using var message = new HttpRequestMessage(new(http.Request.Method), address) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = body };
        Write(message, http, visitor, request, isOwnName);
        try
        {
            using var answer = await client.Value.SendAsync(message, http.RequestAborted).ConfigureAwait(false);
            await CopyAsync(answer, http, hsts).ConfigureAwait(false);
            return (ExchangeEnd.Done, 0);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or BadHttpRequestException)
        {
            if (http.Response.HasStarted)
            {
                http.Abort();
                return (ExchangeEnd.Done, 0);
            }

            return http.RequestAborted.IsCancellationRequested ? (ExchangeEnd.Gone, 0)
                : body is { Refusal: > 0 and var refusal } ? (ExchangeEnd.Refused, refusal)
                : (exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } ? ExchangeEnd.Dead : ExchangeEnd.Broken, 0);
        }
    }

    public void Dispose()
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }

    private static void Write(HttpRequestMessage message, HttpContext http, Visitor visitor, in CanonicalRequest request, bool isOwnName)
    {
        var headers = message.Headers;
        var named = HeaderRules.NamedBy(http.Request.Headers.Connection);
        foreach (var (name, values) in http.Request.Headers)
        {
            if (!HeaderRules.MayPass(name) || named?.Contains(name) is true)
            {
                continue;
            }

            var one = HeaderRules.One(name, values);
            _ = headers.TryAddWithoutValidation(name, one) || message.Content?.Headers.TryAddWithoutValidation(name, one) is true;
        }

        if (message.Content is { } content && http.Request.ContentLength is { } length)
        {
            content.Headers.ContentLength = length;
        }

        if (http.Request.Headers.TE.ToString() == "trailers")
        {
            headers.TryAddWithoutValidation("TE", "trailers");
        }

        headers.Host = isOwnName ? request.Authority : null;
        headers.TryAddWithoutValidation("X-Forwarded-For", visitor.Text);
        headers.TryAddWithoutValidation("X-Forwarded-Proto", http.Request.IsHttps ? "https" : "http");
        headers.TryAddWithoutValidation("X-Forwarded-Host", request.Authority);
        headers.TryAddWithoutValidation("X-Real-IP", visitor.Text);
        if (request.Prefix is { } prefix)
        {
            headers.TryAddWithoutValidation("X-Forwarded-Prefix", prefix);
        }
    }

    private static async Task CopyAsync(HttpResponseMessage answer, HttpContext http, string hsts)
    {
        var response = http.Response;
        response.StatusCode = (int)answer.StatusCode;
        Copy(answer.Headers.NonValidated, response.Headers);
        Copy(answer.Content.Headers.NonValidated, response.Headers);
        if (hsts.Length > 0)
        {
            response.Headers.StrictTransportSecurity = hsts;
        }

        var size = new AnswerSize();
        if (response.ContentLength is null)
        {
            http.Features.Set(size);
        }

        await response.StartAsync().ConfigureAwait(false);
        await using var body = await answer.Content.ReadAsStreamAsync(http.RequestAborted).ConfigureAwait(false);
        while (await body.ReadAsync(response.BodyWriter.GetMemory(Piece), http.RequestAborted).ConfigureAwait(false) is > 0 and var count)
        {
            size.Bytes += count;
            response.BodyWriter.Advance(count);
            await response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }

        AnswerHeaders.CopyTrailers([.. answer.TrailingHeaders.NonValidated.Select(trailer => new Upstreams.FieldLine(trailer.Key, trailer.Value.ToString()))], response);
    }

    private static void Copy(HttpHeadersNonValidated from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from)
        {
            if (HeaderRules.MayReturn(name))
            {
                to[name] = values.Count == 1 ? new(values.ToString()) : new StringValues([.. values]);
            }
        }
    }
}
