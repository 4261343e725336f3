using System.Globalization;
using System.Text.Json;
using Homestack.Front.Sleeping;
using Homestack.Front.Snapshots;
using Homestack.Fronts;
using Homestack.Machine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Homestack.Front.Control;

/// <summary>What the engine may ask: see <see cref="FrontAddress.SocketOf"/>.</summary>
internal sealed class ControlApplication(SlotBoard board, Func<NamesReport> names, VisitBoard visits, Action<string> log) : IHttpApplication<HttpContext>
{
    private const string Snapshots = "/snapshots";
    private const int LongestWait = 30_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var caller = context.Features.Get<Caller>()?.Credentials;
        var path = context.Request.Path.Value ?? "";
        if (caller is not { UserId: var user } || (user != 0 && user != ProcessEnvironment.UserId))
        {
            context.Response.Headers.Connection = "close";
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (path == Snapshots && HttpMethods.IsGet(context.Request.Method))
        {
            await AnswerAsync(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(board.Digests(), FrontsJsonContext.Default.ValueMapString)).ConfigureAwait(false);
        }
        else if (path == "/names" && HttpMethods.IsGet(context.Request.Method))
        {
            await AnswerAsync(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(names(), FrontsJsonContext.Default.NamesReport)).ConfigureAwait(false);
        }
        else if (path == "/visits" && HttpMethods.IsGet(context.Request.Method))
        {
            await TellVisitsAsync(context).ConfigureAwait(false);
        }
        else if (path.StartsWith(Snapshots + "/", StringComparison.Ordinal) && HttpMethods.IsPut(context.Request.Method) && board.Find(path[(Snapshots.Length + 1)..]) is { } slot)
        {
            await TakeAsync(context, slot).ConfigureAwait(false);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task TellVisitsAsync(HttpContext http)
    {
        if (!long.TryParse(http.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            || !int.TryParse(http.Request.Query["wait"], NumberStyles.None, CultureInfo.InvariantCulture, out var wait) || wait > LongestWait)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var report = await visits.ReportAsync(after, TimeSpan.FromMilliseconds(wait), http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(report, FrontsJsonContext.Default.VisitsReport)).ConfigureAwait(false);
    }

    private async Task TakeAsync(HttpContext http, ISlot slot)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        limit.CancelAfter(Limit);
        if (http.Request.ContentLength is not { } length || length > slot.Largest)
        {
            http.Response.Headers.Connection = "close";
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = slot.Largest;
        }

        FrontAnswer answer;
        try
        {
            var bytes = new byte[length];
            await http.Request.Body.ReadExactlyAsync(bytes, limit.Token).ConfigureAwait(false);
            answer = await board.TakeAsync(slot, bytes, limit.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A mistake of ours is told to the sender, and what is being served goes on.
        catch (Exception bug) when (bug is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log($"error HS9001: a snapshot of {slot.Name}: {bug}");
            answer = new(board.Digests().TryGetValue(slot.Name, out var digest) ? digest : "", $"error HS9001: The front made a mistake. {bug.GetType().Name}.");
        }

        await AnswerAsync(http, answer.Problem.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            JsonSerializer.SerializeToUtf8Bytes(answer, FrontsJsonContext.Default.FrontAnswer)).ConfigureAwait(false);
    }

    private static async Task AnswerAsync(HttpContext http, int status, byte[] json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted).ConfigureAwait(false);
    }
}

/// <summary>What the kernel said of a connection's other end.</summary>
internal sealed record Caller(PeerCredentials? Credentials);
