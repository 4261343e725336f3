using System.Globalization;
using Homestack.Homes;
using Homestack.Planes;
using Homestack.Plans;
using Homestack.Primitives;

namespace Homestack.Cli.Views;

/// <summary>A plan for people: one line per thing that changes, and under it what is felt of it.</summary>
internal sealed class PlanView(TextWriter writer, Ink ink)
{
    /// <summary>Column at which the words begin, and how wide they are, where nothing needs more.</summary>
    private const int NameWidth = 24, WordsWidth = 36;

    /// <summary>Beyond it a line stands out of its column rather than push all others aside.</summary>
    private const int Widest = 56;

    public void Write(PlanSummary plan)
    {
        writer.WriteLine(Title(plan));

        // A service has room around it; what it stands on is a list below.
        var (services, rest) = (plan.InReadingOrder().Where(IsService).ToList(), plan.InReadingOrder().Where(change => !IsService(change)).ToList());
        foreach (var change in services)
        {
            writer.WriteLine();
            WriteChange(change, Widths.For(services));
        }

        if (rest.Count > 0)
        {
            writer.WriteLine();
            rest.ForEach(change => WriteChange(change, Widths.For(rest)));
        }

        if (!plan.IsEmpty && plan.Changes.All(change => change.Impact.BecomesReachable.Count == 0))
        {
            writer.WriteLine();
            writer.WriteLine($"  {ink.Faint("·")} reach{Fill("reach", NameWidth - 4)}{ink.Faint("nothing opens")}");
        }

        WriteNotYetManaged(plan);
    }

    /// <summary>What can be done with it, as a last line.</summary>
    public void WriteNext(PlanSummary plan)
    {
        if (!plan.IsEmpty)
        {
            writer.WriteLine();
            writer.WriteLine($"Apply with: {ink.Strong("homestack up")}        See one change: {ink.Strong("homestack plan --explain " + ShortName(plan.InReadingOrder().First().Resource))}");
        }
    }

    /// <summary>One resource's changes with every call in order. False when the plan has nothing of that name.</summary>
    public bool WriteExplanation(Plan plan, string name)
    {
        var changes = PlanSummary.Of(plan).InReadingOrder().Where(change => Matches(change.Resource, name)).ToList();
        foreach (var change in changes)
        {
            WriteChange(change, Widths.For(changes));
            foreach (var step in plan.Steps.Where(step => step.Resource == change.Resource))
            {
                var after = step.After.Count == 0 ? "" : "after " + string.Join(", ", step.After.Select(number => $"#{number}"));
                WriteLabelled($"step #{step.Number}", step.Change.Summary, ink.Faint(after));
            }

            foreach (var undo in change.Undo)
            {
                WriteLabelled("if that fails", undo.Summary, "");
            }
        }

        return changes.Count > 0;
    }

    private string Title(PlanSummary plan)
    {
        var to = plan.RollbackTo > 0 ? $"back to generation {plan.RollbackTo}" : plan.IsEmpty ? $"generation {plan.BasedOn}" : $"generation {plan.BasedOn} → {plan.BasedOn + 1}";
        var count = plan.Changes.Count switch { 0 => "nothing to change", 1 => "1 change", var many => string.Create(CultureInfo.InvariantCulture, $"{many} changes") };
        return $"{ink.Strong(SafeText.Line(plan.Home))} · {to} · {count}";
    }

    private void WriteChange(ResourceChange change, Widths widths)
    {
        var (symbol, paint) = change.Action switch
        {
            ChangeAction.Create => ("+", (Func<string, string>)ink.Good),
            ChangeAction.Update => ("~", ink.Warning),
            ChangeAction.Replace => ("±", ink.Warning),
            _ => ("-", ink.Bad),
        };
        var name = SafeText.Line(DisplayName(change.Resource));
        var cause = SafeText.Line(change.Cause);
        var because = change.Place.Length == 0 ? "" : "because " + SafeText.Line(change.Place);
        writer.WriteLine($"  {paint(symbol)} {ink.Strong(name)}{Fill(name, widths.Name - 4)}{(because.Length == 0 ? cause : cause + Fill(cause, widths.Words) + ink.Faint(because))}");
        WriteImpact(change.Impact);
    }

    private void WriteImpact(ChangeImpact impact)
    {
        foreach (var line in impact.Lines)
        {
            WriteLabelled(line.Label, line.Words, "");
        }

        // A plane that said how it restarts has said it all.
        if (impact.IsInterrupted && !impact.Lines.Any(line => line.Label == "restarts"))
        {
            WriteLabelled("interrupted", impact.Downtime is { } downtime ? $"about {Durations.Short(downtime)} away" : "for a while", "");
        }

        foreach (var data in impact.Data)
        {
            WriteLabelled("data", data, "");
        }

        foreach (var place in impact.BecomesReachable)
        {
            WriteLabelled("answers at", place, ink.Warning("← becomes reachable"));
        }

        foreach (var place in impact.StopsBeingReachable)
        {
            WriteLabelled("no longer at", place, "");
        }

        foreach (var lost in impact.Destroys)
        {
            WriteLabelled("LOSES", lost, ink.Bad("✗ this cannot be undone"));
        }
    }

    private void WriteNotYetManaged(PlanSummary plan)
    {
        if (plan.NotYetManaged.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        foreach (var (section, words) in plan.NotYetManaged)
        {
            writer.WriteLine($"  {ink.Faint("·")} {SafeText.Line(section)}{Fill(section, NameWidth - 4)}{ink.Faint(SafeText.Line(words.Length > 0 ? words : "checked, not yet managed"))}");
        }
    }

    private void WriteLabelled(string label, string words, string remark)
    {
        var (safeLabel, safeWords) = (SafeText.Line(label), SafeText.Line(words));
        writer.WriteLine($"      {ink.Faint(safeLabel)}{Fill(safeLabel, NameWidth - 6)}{safeWords}{(remark.Length == 0 ? "" : Fill(safeWords, WordsWidth) + remark)}");
    }

    private static string Fill(string text, int width) => new(' ', Math.Max(2, width - text.Length));

    private static string DisplayName(ResourceId resource) => resource.Kind == "service" ? ShortName(resource) : $"{resource.Kind} {ShortName(resource)}";

    /// <summary><c>photos/photos</c> is called <c>photos</c>.</summary>
    private static string ShortName(ResourceId resource) =>
        resource.Name.Split('/') is [var stack, var name] && stack == name ? name : resource.Name;

    private static bool Matches(ResourceId resource, string name) =>
        resource.Name == name || resource.ToString() == name || ShortName(resource) == name || resource.Name.EndsWith("/" + name, StringComparison.Ordinal);

    private static bool IsService(ResourceChange change) => change.Resource.Kind == "service";

    /// <summary>Widths of the columns of changes that stand together.</summary>
    private readonly record struct Widths(int Name, int Words)
    {
        public static Widths For(IReadOnlyCollection<ResourceChange> changes) => new(
            Fit(changes.Select(change => DisplayName(change.Resource).Length + 6), NameWidth),
            Fit(changes.Select(change => change.Cause.Length + 2), WordsWidth));

        private static int Fit(IEnumerable<int> lengths, int usual) => lengths.Where(length => length <= Widest).Append(usual).Max();
    }
}
