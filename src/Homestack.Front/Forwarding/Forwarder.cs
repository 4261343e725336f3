using System.Net;
using System.Text;
using Homestack.Front.Pages;
using Homestack.Front.Requests;
using Homestack.Front.Worlds;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Homestack.Front.Forwarding;

/// <summary>Hands requests on to applications and their answers back, streaming both ways.</summary>
internal sealed class Forwarder : IDisposable
{
    private const int MostTries = 3, LargestHeadersKiB = 64;

    private static readonly ForwarderRequestConfig Config = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        // Of silence in both directions. Events may be rare.
        ActivityTimeout = TimeSpan.FromMinutes(30),
        AllowResponseBuffering = false,
    };

    /// <summary>HTTP/2 without asking first (RFC 9113 §3.3).</summary>
    private static readonly ForwarderRequestConfig Http2Config = Config with { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddHttpForwarder().BuildServiceProvider();
    private readonly IHttpForwarder forwarder;

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        MaxResponseHeadersLength = LargestHeadersKiB,
        MaxResponseDrainSize = 0,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });

    public Forwarder() => forwarder = services.GetRequiredService<IHttpForwarder>();

    /// <param name="http">The visitor's request.</param>
    /// <param name="visitor">Who asks.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="route">For the page, when nobody answers.</param>
    /// <param name="destinations">At least one.</param>
    /// <param name="isOwnName">The application hears the name that the visitor used.</param>
    /// <param name="hsts">See <see cref="UpstreamExchange"/>.</param>
    public async Task SendAsync(HttpContext http, Visitor visitor, CanonicalRequest request, Route route, DestinationList destinations, bool isOwnName, string hsts)
    {
        var exchange = new UpstreamExchange(request, visitor, isOwnName, hsts) { HandsTrailersOn = route.SpeaksHttp2 };
        for (var turn = 1; destinations.Next() is { } destination; turn++)
        {
            var error = await forwarder.SendAsync(http, destination.Prefix, client, route.SpeaksHttp2 ? Http2Config : Config, exchange, http.RequestAborted).ConfigureAwait(false);
            if (error == ForwarderError.None || http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
            {
                // What broke off in the middle was broken off for the visitor too, by the forwarder.
                return;
            }

            // Nothing was sent where nobody took the call, so another one may be asked.
            var isDead = http.Features.Get<IForwarderErrorFeature>()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
            if (isDead)
            {
                destinations.Avoid(destination);
            }

            if (!isDead || turn >= Math.Min(MostTries, destinations.Count) || http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is not false)
            {
                await SayAsync(http, route, error, isDead).ConfigureAwait(false);
                return;
            }

            http.Response.Clear();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        services.Dispose();
    }

    /// <summary>What Kestrel found wrong with a body, wherever in the failure that is told.</summary>
    private static int StatusOf(Exception? exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        AggregateException many => many.InnerExceptions.Select(StatusOf).FirstOrDefault(status => status != StatusCodes.Status400BadRequest, StatusCodes.Status400BadRequest),
        { InnerException: { } inner } => StatusOf(inner),
        _ => StatusCodes.Status400BadRequest,
    };

    private static Task SayAsync(HttpContext http, Route route, ForwarderError error, bool isDead)
    {
        var status = http.Response.StatusCode;
        http.Response.Clear();
        return error is ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled ? ErrorPages.RefuseAsync(http, StatusOf(http.Features.Get<IForwarderErrorFeature>()?.Exception))
            : isDead && route.Target is RouteTarget.Containers ? ErrorPages.NotRunningAsync(http, route.Name)
            : ErrorPages.WriteAsync(http, status == StatusCodes.Status504GatewayTimeout ? status : StatusCodes.Status502BadGateway);
    }
}
