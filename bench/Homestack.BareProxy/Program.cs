using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Homestack.BareProxy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

// The least that a reverse proxy on Kestrel can do: what no front that is built on it can go below. It parses nothing of the application's answer, checks nothing, logs nothing.
//   Homestack.BareProxy PORT BACKEND_PORT CERTIFICATE_PEM KEY_PEM
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
int Port(int argument) => int.Parse(args[argument], CultureInfo.InvariantCulture);
var builder = WebApplication.CreateEmptyBuilder(new());
builder.WebHost.UseKestrelCore();
var options = new KestrelServerOptions { ApplicationServices = builder.Build().Services, AddServerHeader = false };
using var certificate = X509Certificate2.CreateFromPemFile(args[2], args[3]);
options.Listen(IPAddress.Loopback, Port(0), listen =>
{
    listen.Protocols = HttpProtocols.Http1AndHttp2;
    listen.UseHttps(certificate);
});
var sockets = new SocketTransportOptions { Backlog = 1024, UnsafePreferInlineScheduling = true };
using var server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(sockets), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
await server.StartAsync(new BareApplication(new IPEndPoint(IPAddress.Loopback, Port(1))), CancellationToken.None);
await Task.Delay(Timeout.Infinite);
