using Homestack.Front.Files;
using Homestack.Front.Forwarding;
using Homestack.Front.Limits;
using Homestack.Front.Logs;
using Homestack.Front.Pages;
using Homestack.Front.Sleeping;
using Homestack.Front.Worlds;
using Homestack.NameServer;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Homestack.Front.Requests;

/// <summary>Answers every request of every listener, out of the world that is served when it comes.</summary>
internal sealed class IngressApplication(WorldReference worlds, Forwarder forwarder, AccessLog log, ChallengeAnswer challenges, RouteGate gate, NameEngine names, SleepingAnswer sleeping) : IHttpApplication<DefaultHttpContext>
{
    private const string HstsValue = "max-age=31536000";

    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        // Kestrel keeps one for each connection, to be used again.
        if (contextFeatures is IHostContextContainer<DefaultHttpContext> container)
        {
            var kept = container.HostContext ??= new(contextFeatures);
            kept.Initialize(contextFeatures);
            return kept;
        }

        return new(contextFeatures);
    }

    /// <summary>Comes when the answer is with the listener whole, or broken off.</summary>
    public void DisposeContext(DefaultHttpContext context, Exception? exception) => log.Add(context, VisitorOf(context));

    public Task ProcessRequestAsync(DefaultHttpContext context) => AnswerAsync(context, VisitorOf(context));

    private static Visitor VisitorOf(DefaultHttpContext context) => context.Features.Get<Visitor>() ?? new(null);

    private Task AnswerAsync(DefaultHttpContext http, Visitor visitor)
    {
        var refusal = RequestGate.Read(http, out var request);
        if (refusal != 0)
        {
            // Nothing more is read from a connection on which something odd was said.
            return ErrorPages.RefuseAsync(http, refusal);
        }

        var world = worlds.Current;
        var isTls = http.Request.IsHttps;
        if (!isTls && ChallengeAnswer.IsAsked(request))
        {
            return challenges.WriteAsync(http, request);
        }

        if (world.Find(request.Host, visitor.Address, out var zone) is not { } entry)
        {
            return ErrorPages.WriteAsync(http, StatusCodes.Status404NotFound);
        }

        if (entry.HasPaths && TargetRules.HasNeedlessEscape(request.Path))
        {
            return ErrorPages.RefuseAsync(http, StatusCodes.Status400BadRequest);
        }

        if (entry.RouteFor(zone, request.Path) is not { } route)
        {
            return ErrorPages.WriteAsync(http, StatusCodes.Status404NotFound);
        }

        if (gate.Refuse(http, visitor, route, zone) is { } refused)
        {
            return refused;
        }

        if (!isTls && route.Target is not RouteTarget.Authority)
        {
            return RedirectAnswer.ToHttpsAsync(http, entry.Host, world.HttpsPort, request.Target);
        }

        var hsts = isTls && entry.Certificate is { IsHomeMade: false } ? HstsValue : "";
        if (hsts.Length > 0)
        {
            http.Response.Headers.StrictTransportSecurity = hsts;
        }

        return route.IsInMaintenance ? ErrorPages.MaintenanceAsync(http, route.Name) : AnswerAsync(http, visitor, world, route, request, hsts);
    }

    private Task AnswerAsync(DefaultHttpContext http, Visitor visitor, World world, Route route, CanonicalRequest request, string hsts)
    {
        if (route.Redirects?.Find(request, out var isOdd) is { } elsewhereTo)
        {
            return isOdd ? ErrorPages.RefuseAsync(http, StatusCodes.Status400BadRequest) : RedirectAnswer.ToAsync(http, elsewhereTo);
        }

        var asked = request;
        if (route.Strips)
        {
            // Links of a page are relative to its folder: without the slash they would lead beside it.
            if (request.PathLength == route.Path.Length && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
            {
                return RedirectAnswer.ToAsync(http, string.Concat(route.Path, "/", request.Target.AsSpan(request.PathLength)));
            }

            request = request.Below(route.Path);
            if (request.Target.StartsWith("//", StringComparison.Ordinal))
            {
                return ErrorPages.RefuseAsync(http, StatusCodes.Status400BadRequest);
            }
        }

        return route.Target switch
        {
            RouteTarget.Containers { Destinations.Count: 0, IsUnwell: true } => ErrorPages.UnwellAsync(http, route.Name),
            RouteTarget.Containers when route.Sleeper is { } sleeper => sleeping.WriteAsync(http, visitor, route, sleeper, asked, request, hsts),
            RouteTarget.Containers { Destinations.Count: 0 } => ErrorPages.NotRunningAsync(http, route.Name),
            RouteTarget.Containers containers => forwarder.SendAsync(http, visitor, request, route, containers.Destinations, isOwnName: true, hsts),
            RouteTarget.Server server => forwarder.SendAsync(http, visitor, request, route, server.Destinations, isOwnName: false, hsts),
            RouteTarget.Folder folder => FolderAnswer.WriteAsync(http, folder.Path, request),
            RouteTarget.Elsewhere elsewhere => RedirectAnswer.ToAsync(http, elsewhere.Origin + request.Target),
            RouteTarget.Names => NamesAnswer.WriteAsync(http, names, visitor, request),
            RouteTarget.Authority => AuthorityAnswer.WriteAsync(http, world, request),
            _ => ErrorPages.WriteAsync(http, StatusCodes.Status404NotFound),
        };
    }
}
