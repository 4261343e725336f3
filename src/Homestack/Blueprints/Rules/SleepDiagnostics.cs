using Homestack.Diagnostics;

namespace Homestack.Blueprints.Rules;

/// <summary>HS2240 to HS2249: services that cannot sleep.</summary>
public static class SleepDiagnostics
{
    /// <param name="service">Its name.</param>
    /// <param name="sleep">As written.</param>
    /// <param name="why">Ends a sentence; no dot.</param>
    public static Diagnostic NobodyWakesIt(string service, Located<TimeSpan> sleep, string why) =>
        Error("HS2240", "Nobody could wake it", $"\"{service}\" is to sleep until a visitor comes, and none can come: {why}, or take \"sleep\" away.", sleep.Span);

    /// <param name="service">Its name.</param>
    /// <param name="sleep">As written.</param>
    /// <param name="way">Begins a sentence; no dot.</param>
    public static Diagnostic SeenByNobody(string service, Located<TimeSpan> sleep, string way) =>
        Error("HS2241", "Visitors come unseen", $"{way}, so \"{service}\" would be stopped beneath visitors who come that way, and they could not wake it. Let all of them come through the front, or take \"sleep\" away.", sleep.Span);

    /// <param name="service">Its name.</param>
    /// <param name="sleep">As written.</param>
    /// <param name="other">Who depends on it, <c>stack/name</c>.</param>
    public static Diagnostic OthersNeedIt(string service, Located<TimeSpan> sleep, string other) =>
        Error("HS2242", "Others need it awake", $"\"{other}\" depends on \"{service}\" and would lose it when it sleeps: only visitors wake it. Take \"sleep\" away, or write it at \"{other}\" alone.", sleep.Span);

    private static Diagnostic Error(string code, string summary, string detail, SourceSpan span) =>
        new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail, Span = span };
}
