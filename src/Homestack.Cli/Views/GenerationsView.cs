using System.Globalization;
using Homestack.Homes;

namespace Homestack.Cli.Views;

/// <summary>The generations, newest first, one line each.</summary>
internal sealed class GenerationsView(TextWriter writer, Ink ink, DateTimeOffset now)
{
    private const int MostChanges = 4;

    public void Write(IReadOnlyCollection<GenerationSummary> generations)
    {
        if (generations.Count == 0)
        {
            writer.WriteLine("No generation yet: nothing was applied. Begin with: homestack up");
            return;
        }

        var columns = new Columns("  ");
        foreach (var generation in generations.OrderByDescending(generation => generation.Number))
        {
            columns.Add(
                generation.IsComplete ? Cell.Painted(generation.IsNewest ? "✓" : " ", ink.Good) : Cell.Painted("!", ink.Warning),
                Cell.Painted(generation.Number.ToString(CultureInfo.InvariantCulture), ink.Strong),
                Durations.Moment(generation.Recorded, now),
                Words(generation));
        }

        columns.WriteTo(writer);
        if (generations.Count > 1)
        {
            writer.WriteLine();
            writer.WriteLine($"Go back with: {ink.Strong("homestack rollback")} or {ink.Strong("homestack rollback N")}");
        }
    }

    private static string Words(GenerationSummary generation)
    {
        var changes = string.Join("  ", generation.Changes.Take(MostChanges)) + (generation.Changes.Count > MostChanges ? string.Create(CultureInfo.InvariantCulture, $"  and {generation.Changes.Count - MostChanges} more") : "");
        var back = generation.RollbackTo > 0 ? $"back to {generation.RollbackTo}: " : "";
        return back + (changes.Length == 0 ? "no changes" : changes) + (generation.IsComplete ? "" : "  not complete");
    }
}
