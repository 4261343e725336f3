using Homestack.Collections;
using Homestack.Homes;
using Homestack.Planes;
using Homestack.Plans;

namespace Homestack.Cli.Views;

/// <summary>What <c>plan --json</c> prints. Stable: fields are added, never renamed or removed.</summary>
internal sealed record PlanReport
{
    public required string Home { get; init; }

    /// <summary>The newest generation; 0 for none.</summary>
    public required int Generation { get; init; }

    /// <summary>The generation whose blueprint this is, for a rollback; 0 otherwise.</summary>
    public int RollbackTo { get; init; }

    public required bool HasChanges { get; init; }

    /// <summary>In the order in which people read them: services first.</summary>
    public required ValueList<PlanReportChange> Changes { get; init; }

    public required ValueList<PlanReportStep> Steps { get; init; }

    /// <summary>Sections of the manifest that nothing acts on yet, with a sentence each.</summary>
    public required ValueMap<string> NotYetManaged { get; init; }

    public ValueList<DiagnosticReport> Diagnostics { get; init; } = [];

    public static PlanReport Of(Plan plan) => new()
    {
        Home = plan.Home,
        Generation = plan.BasedOn,
        RollbackTo = plan.RollbackTo,
        HasChanges = !plan.IsEmpty,
        Changes = PlanSummary.Of(plan).InReadingOrder().Select(PlanReportChange.Of).ToValueList(),
        Steps = plan.Steps.Select(step => new PlanReportStep(step.Number, step.Resource.ToString(), step.Change.Summary, step.After)).ToValueList(),
        NotYetManaged = plan.Blueprint.NotYetManaged,
    };
}

/// <summary>One change of a plan.</summary>
internal sealed record PlanReportChange
{
    public required string Resource { get; init; }

    /// <summary><c>create</c>, <c>update</c>, <c>replace</c> or <c>delete</c>.</summary>
    public required string Action { get; init; }

    public required string Cause { get; init; }

    public string Place { get; init; } = "";

    public bool IsInterrupted { get; init; }

    public double? DowntimeSeconds { get; init; }

    public required ValueList<string> Data { get; init; }

    public required ValueList<string> BecomesReachable { get; init; }

    public required ValueList<string> StopsBeingReachable { get; init; }

    /// <summary>Data that is lost.</summary>
    public required ValueList<string> Destroys { get; init; }

    public required ValueList<ImpactLine> Lines { get; init; }

    public static PlanReportChange Of(ResourceChange change) => new()
    {
        Resource = change.Resource.ToString(),
        Action = change.Action.ToString().ToLowerInvariant(),
        Cause = change.Cause,
        Place = change.Place,
        IsInterrupted = change.Impact.IsInterrupted,
        DowntimeSeconds = change.Impact.Downtime?.TotalSeconds,
        Data = change.Impact.Data,
        BecomesReachable = change.Impact.BecomesReachable,
        StopsBeingReachable = change.Impact.StopsBeingReachable,
        Destroys = change.Impact.Destroys,
        Lines = change.Impact.Lines,
    };
}

/// <summary>One call of a plan, in order.</summary>
internal sealed record PlanReportStep(int Number, string Resource, string Call, ValueList<int> After);
