using Homestack.Diagnostics;

namespace Homestack.Apply;

/// <summary>HS5001 to HS5019: why an apply did not begin, or did not end well.</summary>
public static class ApplyDiagnostics
{
    /// <param name="holder">Null when it has not said its name yet.</param>
    /// <param name="now">To say how long it has been at it.</param>
    public static Diagnostic AnotherApply(LockHolder? holder, DateTimeOffset now) => Error("HS5001", "Another apply is under way", holder is null
        ? "Another process has just begun to change this home. Try again when it is done."
        : $"Process {holder.Pid} (homestack {holder.Verb}) on {holder.Host} has been changing this home for {Math.Max(0, (now - holder.Since).TotalSeconds):0} s. Try again when it is done.");

    public static Diagnostic NewerGeneration(int basedOn, int newest) => Error("HS5002", "The home changed since this plan",
        $"The plan was made on generation {basedOn}, and the newest is {newest} by now. Nothing was changed. Make a new plan with: homestack plan");

    public static Diagnostic WorldMoved(string plane) => Error("HS5003", "The machine changed since this plan",
        $"What the plane \"{plane}\" looks after is not as it was when the plan was made. Nothing was changed. Make a new plan with: homestack plan");

    public static Diagnostic StepFailed(StepResult step) => Error("HS5004", "A step failed",
        $"#{step.Number} {step.Summary}: {(step.Failure?.Call == step.Summary ? "" : step.Failure?.Call + ": ")}{step.Failure?.Words}{Next(step.Failure)}");

    public static Diagnostic UndoFailed(StepResult step) => Error("HS5005", "The way back failed too",
        $"{step.Summary} ({step.Resource}): {step.Failure?.Call}: {step.Failure?.Words} Look at it, then run homestack up again.{Next(step.Failure)}");

    public static Diagnostic NotRecorded(StepFailure failure) => Error("HS5006", "The state folder cannot be written",
        $"{failure.Call}: {failure.Words} What was done is not recorded, so it does not count as applied. Mend the disk, then run homestack up again: it goes on from what is there.{Next(failure)}");

    public static Diagnostic UnknownPlane(string plane) => Error("HS5007", "Plan for a plane that is not here",
        $"The plan changes \"{plane}\", which this program does not look after. Make a new plan with: homestack plan");

    public static Diagnostic Stopped() => Error("HS5008", "Stopped before the end",
        "The apply was asked to stop. What had begun was finished or put back; the rest was not tried. Run homestack up again to go on.");

    public static Diagnostic ImagesNotRead(string words) => Warning("HS5009", "Images could not be read afterwards",
        $"{words} The generation has no image digests, so a rollback to it takes the images as they are named.");

    public static Diagnostic AnotherHome(string known, string folder, string wanted) => Error("HS5010", "State folder of another home",
        $"This state folder belongs to the home \"{known}\" in {folder}, not to \"{wanted}\". One state folder holds one home. Give this one its own:\n    homestack up --state DIR");

    public static Diagnostic NotBegun(StepFailure failure) => Error("HS5011", "The apply could not begin",
        $"{failure.Call}: {failure.Words} Nothing was changed.{Next(failure)}");

    private static string Next(StepFailure? failure) => failure?.Next is { Length: > 0 } next ? $"\n    {next}" : "";

    private static Diagnostic Error(string code, string summary, string detail) => new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail };

    private static Diagnostic Warning(string code, string summary, string detail) => new() { Code = code, Severity = Severity.Warning, Summary = summary, Detail = detail };
}
