using System.Net;
using System.Text;
using Homestack.Front.Listening;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Homestack.Front.Tests;

/// <summary>HTTP/2 from the visitor to the application, as gRPC needs it: calls that stay open in both directions, and trailers.</summary>
public sealed class CallTests
{
    private const string Host = "calls.home.test";

    [Fact]
    public async Task A_call_speaks_both_ways_while_it_is_open_and_ends_with_trailers()
    {
        using var calls = await CallServer.StartAsync();
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy(Host, calls.Port) with { SpeaksHttp2 = true });
        await front.LocateAsync(Host, "127.0.0.1");
        using var client = front.Client();
        using var pipe = new PipedContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, front.Url(Host, "/demo.Echo/Talk")) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = pipe };
        pipe.Headers.ContentType = new("application/grpc");
        request.Headers.TE.Add(new("trailers"));
        var sending = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await pipe.SayAsync("one");
        using var answer = await sending;
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Equal("one", await ReadAsync(body));
        await pipe.SayAsync("two");
        Assert.Equal("two", await ReadAsync(body));
        pipe.End();
        Assert.Equal("", await ReadAsync(body));
        Assert.Equal("0", Assert.Single(answer.TrailingHeaders.GetValues("grpc-status")));
        Assert.Equal(("HTTP/2", "trailers"), (calls.Protocol, calls.Te));
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        var room = new byte[64];
        return Encoding.ASCII.GetString(room, 0, await stream.ReadAsync(room, TestContext.Current.CancellationToken));
    }

    /// <summary>A body that is written while it is sent.</summary>
    private sealed class PipedContent : HttpContent
    {
        private readonly TaskCompletionSource<Stream> opened = new();
        private readonly TaskCompletionSource end = new();

        public async Task SayAsync(string text)
        {
            var stream = await opened.Task;
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
            await stream.FlushAsync(TestContext.Current.CancellationToken);
        }

        public void End() => end.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            opened.SetResult(stream);
            await end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>A server that speaks HTTP/2 without TLS and nothing else, and says back what it hears.</summary>
    private sealed class CallServer : IHttpApplication<HttpContext>, IDisposable
    {
        private readonly KestrelServer server = KestrelPart.Make(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));

        public int Port { get; private set; }

        public string Protocol { get; private set; } = "";

        public string Te { get; private set; } = "";

        public static async Task<CallServer> StartAsync()
        {
            var calls = new CallServer();
            await calls.server.StartAsync(calls, TestContext.Current.CancellationToken);
            calls.Port = new Uri(calls.server.Features.Get<IServerAddressesFeature>()?.Addresses.Single() ?? "").Port;
            return calls;
        }

        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }

        public async Task ProcessRequestAsync(HttpContext context)
        {
            (Protocol, Te) = (context.Request.Protocol, context.Request.Headers.TE.ToString());
            var room = new byte[64];
            for (var count = await context.Request.Body.ReadAsync(room); count > 0; count = await context.Request.Body.ReadAsync(room))
            {
                await context.Response.Body.WriteAsync(room.AsMemory(0, count));
                await context.Response.Body.FlushAsync();
            }

            context.Response.AppendTrailer("grpc-status", "0");
        }

        public void Dispose() => server.Dispose();
    }
}
