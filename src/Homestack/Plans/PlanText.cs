using System.Text;

namespace Homestack.Plans;

/// <summary>A plan as text: one line per step, nothing that changes from run to run, so that plans can be compared as text.</summary>
/// <remarks>Such as <c>#3 delete containers/service:photos/server: remove container krynet-photos-server  after #2  because service "photos" is no longer declared</c>.</remarks>
public static class PlanText
{
    /// <summary>Lines end with <c>\n</c>; an empty plan is <c>nothing to do\n</c>.</summary>
    public static string Write(Plan plan)
    {
        if (plan.IsEmpty)
        {
            return "nothing to do\n";
        }

        var changes = plan.Changes.ToDictionary(change => change.Resource);
        var text = new StringBuilder();
        foreach (var step in plan.Steps)
        {
            var change = changes[step.Resource];
            text.Append('#').Append(step.Number).Append(' ').Append(change.Action.ToString().ToLowerInvariant()).Append(' ').Append(step.Resource)
                .Append(": ").Append(step.Change.Summary);
            if (step.After.Count > 0)
            {
                text.Append("  after ").AppendJoin(' ', step.After.Select(number => $"#{number}"));
            }

            text.Append("  because ").Append(change.Cause);
            if (change.Impact.Destroys.Count > 0)
            {
                text.Append("  destroys ").AppendJoin(", ", change.Impact.Destroys);
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
