using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Plans;

/// <summary>HS4001 to HS4019: what keeps changes from becoming a plan.</summary>
public static class PlanDiagnostics
{
    /// <param name="circle">Each waits for the next, the last for the first.</param>
    public static Diagnostic ChangesWaitInACircle(IReadOnlyList<ResourceId> circle) =>
        Error("HS4001", "Changes wait for each other in a circle",
            $"{string.Join(" waits for ", circle.Append(circle[0]))}. No order can satisfy this. Remove one of the dependencies, or make the change in two applies.");

    public static Diagnostic ChangedTwice(ResourceId resource) =>
        Error("HS4002", "One resource has two changes", $"{resource} would be changed twice in one plan, and the second could undo the first. Nothing is changed. This is a bug in Homestack.");

    public static Diagnostic NotAPlan(string words) =>
        Error("HS4003", "Not a plan that can be read", $"{words} Make a new one with: homestack plan --out FILE");

    private static Diagnostic Error(string code, string summary, string detail) => new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail };
}
