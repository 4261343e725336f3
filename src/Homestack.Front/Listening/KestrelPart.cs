using System.Text;
using Homestack.Front.Machine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Homestack.Front.Listening;

/// <summary>Makes a Kestrel without a host around it: no logging, no diagnostics, no services but the few that its TLS asks for.</summary>
internal static class KestrelPart
{
    // Kestrel's TLS asks for counters that only a host can make. This one is never started.
    private static readonly IServiceProvider Services = MakeServices();

    /// <remarks>Only CR LF ends a line. RFC 9112 §2.2 allows a lone LF; programs that disagree about it are how requests are smuggled. Read once, when the first parser is made.</remarks>
    static KestrelPart() => AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

    /// <param name="configure">The rest.</param>
    /// <param name="mayWait">What is done there waits for disks; it gets threads of the pool.</param>
    public static KestrelServer Make(Action<KestrelServerOptions> configure, bool mayWait = false)
    {
        var options = new KestrelServerOptions
        {
            ApplicationServices = Services,
            AddServerHeader = false,
            AllowHostHeaderOverride = false,
            AllowSynchronousIO = false,
            // Byte for byte what the other side sent, in both directions.
            RequestHeaderEncodingSelector = _ => Encoding.Latin1,
            ResponseHeaderEncodingSelector = _ => Encoding.Latin1,
        };
        configure(options);
        // What came from a socket is worked on by the thread that got it: a second one would only have to be woken.
        var sockets = new SocketTransportOptions { CreateBoundListenSocket = ListenSocket.Bind, Backlog = 1024, UnsafePreferInlineScheduling = !mayWait };
        return new(Options.Create(options), new SocketTransportFactory(Options.Create(sockets), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    private static IServiceProvider MakeServices()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        return builder.Build().Services;
    }
}
