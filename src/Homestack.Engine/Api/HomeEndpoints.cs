using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Homestack.Collections;
using Homestack.Engine.Reconciling;
using Homestack.Homes;
using Homestack.Plans;
using Microsoft.AspNetCore.Http;

namespace Homestack.Engine.Api;

/// <summary>What the engine can be asked about its home.</summary>
internal sealed class HomeEndpoints(IHome home, DriftBoard board, DriftWatch watch)
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(1), Long = TimeSpan.FromHours(6);
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public ValueList<ApiEndpoint> Endpoints() =>
    [
        new("GET", "/status", Permission.Read, Short, StatusAsync),
        new("GET", "/events", Permission.Read, TimeSpan.FromDays(1), EventsAsync),
        new("POST", "/plan", Permission.Read, Short, PlanAsync),
        new("POST", "/plan-of-folder", Permission.Read, Short, PlanOfFolderAsync),
        new("POST", "/rollback", Permission.Read, Short, RollbackAsync),
        new("POST", "/down", Permission.Read, Short, DownAsync),
        new("POST", "/apply", Permission.Change, Long, ApplyAsync),
    ];

    private async Task StatusAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var status = await home.StatusAsync(cancellationToken).ConfigureAwait(false);
        var seen = board.Newest;
        var problems = seen.Problem.Length == 0 || status.Problems.Contains(seen.Problem) ? status.Problems : status.Problems.Add(seen.Problem);
        await Messages.WriteAsync(http, JsonSerializer.SerializeToUtf8Bytes(status with { Drift = seen.Drift, Problems = problems }, ApiJson.Wire.HomeStatus), cancellationToken).ConfigureAwait(false);
    }

    private async Task PlanAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (blueprint, options) = PlanWire.ReadWish(await Messages.ReadAsync(http, PlanJson.Limit, cancellationToken).ConfigureAwait(false));
        await Messages.WriteAsync(http, PlanWire.WriteOutcome(await home.PlanAsync(blueprint, options, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
    }

    /// <remarks>Reads the folder itself: the caller asks this only of an engine that sees the files as he does.</remarks>
    private async Task PlanOfFolderAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var wish = FolderWish.Read(await Messages.ReadAsync(http, PlanJson.Limit, cancellationToken).ConfigureAwait(false));
        var loaded = LoadedHome.Load(wish.Folder, wish.Load);
        var outcome = loaded.Blueprint is { } blueprint ? await home.PlanAsync(blueprint, loaded.Options, cancellationToken).ConfigureAwait(false) : null;
        var answer = new FolderPlan(loaded.Diagnostics.ToValueList(), loaded.Diagnostics.LeftOut, outcome?.Diagnostics ?? [], outcome?.Plan is { } plan ? PlanSummary.Of(plan) : null);
        await Messages.WriteAsync(http, FolderPlanWire.Write(answer), cancellationToken).ConfigureAwait(false);
    }

    private async Task RollbackAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var number = int.TryParse(http.Request.Query["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : throw new InvalidDataException("Which generation is not a number.");
        await Messages.WriteAsync(http, PlanWire.WriteOutcome(await home.PlanRollbackAsync(number, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
    }

    private async Task DownAsync(HttpContext http, CancellationToken cancellationToken) =>
        await Messages.WriteAsync(http, PlanWire.WriteOutcome(await home.PlanDownAsync(cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);

    /// <remarks>A caller that goes away stops the apply at its next step, as Ctrl-C does without an engine.</remarks>
    private async Task ApplyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var plan = new KeptPlan(await Messages.ReadAsync(http, PlanJson.Limit, cancellationToken).ConfigureAwait(false), PlaneList.Json);
        http.Response.ContentType = "application/x-ndjson";
        await using var lines = new LineStream(http.Response.Body);
        var result = await home.ApplyAsync(plan, lines, cancellationToken).ConfigureAwait(false);
        watch.Wake("applied");
        await lines.EndAsync(ApplyLine.Of(result)).ConfigureAwait(false);
    }

    private async Task EventsAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "application/x-ndjson";
        await http.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var report in board.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            await WriteLineAsync(http, report, ApiJson.Wire.DriftReport, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WriteLineAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), cancellationToken).ConfigureAwait(false);
        await http.Response.Body.WriteAsync(LineEnd, cancellationToken).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
