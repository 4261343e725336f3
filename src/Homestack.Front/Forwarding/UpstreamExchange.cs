using Homestack.Front.Logs;
using Homestack.Front.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace Homestack.Front.Forwarding;

/// <summary>One request to an application and its answer. The request is built anew: nothing is in it that was not let pass by name or made here.</summary>
/// <param name="request">What was asked.</param>
/// <param name="visitor">Who asked.</param>
/// <param name="isOwnName">The application hears the name that the visitor used; else its own.</param>
/// <param name="hsts">What browsers are told about HTTPS; empty for nothing.</param>
internal sealed class UpstreamExchange(CanonicalRequest request, Visitor visitor, bool isOwnName, string hsts) : HttpTransformer
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <inheritdoc/>
    /// <remarks>The target goes on byte for byte as it was checked.</remarks>
    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        proxyRequest.RequestUri = new(destinationPrefix + request.Target, in AsItIs);
        var headers = proxyRequest.Headers;
        var content = proxyRequest.Content?.Headers;
        var named = HeaderRules.NamedBy(httpContext.Request.Headers.Connection);
        foreach (var (name, values) in httpContext.Request.Headers)
        {
            if (HeaderRules.MayPass(name) && named?.Contains(name) is not true)
            {
                Add(headers, content, name, values);
            }
        }

        if (content is not null && httpContext.Request.ContentLength is { } length)
        {
            content.ContentLength = length;
        }

        headers.Host = isOwnName ? request.Authority : null;
        headers.TryAddWithoutValidation("X-Forwarded-For", visitor.Text);
        headers.TryAddWithoutValidation("X-Forwarded-Proto", httpContext.Request.IsHttps ? "https" : "http");
        headers.TryAddWithoutValidation("X-Forwarded-Host", request.Authority);
        headers.TryAddWithoutValidation("X-Real-IP", visitor.Text);
        if (HandsTrailersOn && httpContext.Request.Headers.TE.ToString() == "trailers")
        {
            headers.TryAddWithoutValidation("TE", "trailers");
        }

        if (request.Prefix is { } prefix)
        {
            headers.TryAddWithoutValidation("X-Forwarded-Prefix", prefix);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return ValueTask.FromResult(false);
        }

        var response = httpContext.Response;
        response.StatusCode = (int)proxyResponse.StatusCode;
        var named = proxyResponse.Headers.NonValidated.TryGetValues("Connection", out var connection) ? HeaderRules.NamedBy(Values(connection)) : null;
        Copy(proxyResponse.Headers.NonValidated, response.Headers, named);
        Copy(proxyResponse.Content.Headers.NonValidated, response.Headers, named);
        if (hsts.Length > 0)
        {
            response.Headers.StrictTransportSecurity = hsts;
        }

        if (response.ContentLength is null && response.StatusCode != StatusCodes.Status101SwitchingProtocols)
        {
            response.Body = new CountingStream(response.Body);
        }

        return ValueTask.FromResult(true);
    }

    /// <summary>What comes after the body is handed on, as gRPC needs it.</summary>
    public bool HandsTrailersOn { get; init; }

    public override ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        if (HandsTrailersOn && httpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers)
        {
            Copy(proxyResponse.TrailingHeaders.NonValidated, trailers, named: null);
        }

        return ValueTask.CompletedTask;
    }

    private static void Add(System.Net.Http.Headers.HttpRequestHeaders headers, System.Net.Http.Headers.HttpContentHeaders? content, string name, StringValues values)
    {
        // Two cookie headers, as HTTP/2 has them, become one again (RFC 9113 §8.2.3).
        var one = values.Count == 1 ? values.ToString() : name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? string.Join("; ", values.AsEnumerable()) : null;
        if (one is not null)
        {
            _ = headers.TryAddWithoutValidation(name, one) || content?.TryAddWithoutValidation(name, one) is true;
        }
        else
        {
            _ = headers.TryAddWithoutValidation(name, values.AsEnumerable()) || content?.TryAddWithoutValidation(name, values.AsEnumerable()) is true;
        }
    }

    private static void Copy(System.Net.Http.Headers.HttpHeadersNonValidated from, IHeaderDictionary to, HashSet<string>? named)
    {
        foreach (var (name, values) in from)
        {
            if (HeaderRules.MayReturn(name) && named?.Contains(name) is not true)
            {
                to[name] = Values(values);
            }
        }
    }

    private static StringValues Values(System.Net.Http.Headers.HeaderStringValues values) => values.Count == 1 ? new(values.ToString()) : new([.. values]);
}
