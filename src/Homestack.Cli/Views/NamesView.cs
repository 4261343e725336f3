using System.Globalization;
using Homestack.Collections;
using Homestack.Fronts;

namespace Homestack.Cli.Views;

/// <summary>Totals first, then what was asked for and blocked most; with <c>--verbose</c> the newest questions.</summary>
internal sealed class NamesView(TextWriter writer, Ink ink)
{
    public void Write(NamesReport report, bool isVerbose)
    {
        var columns = new Columns("  ");
        Line(columns, "questions", report.Questions, report);
        Line(columns, "from the home", report.Own, report);
        Line(columns, "from the cache", report.Cached + report.Stale, report);
        Line(columns, "asked of others", report.Asked, report);
        Line(columns, "blocked", report.Blocked, report);
        Line(columns, "refused", report.Refused + report.Limited, report);
        Line(columns, "failed", report.Failed + report.Malformed, report);
        columns.WriteTo(writer);
        Section("Lists", report.Lists.Select(list => new NamesCount(list.Key, list.Value)).ToValueList());
        Section("Asked for most", report.TopNames);
        Section("Blocked most", report.TopBlocked);
        Section("Asking most", report.TopClients);
        if (isVerbose && report.Newest.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine(ink.Strong("Newest"));
            var rows = new Columns("  ");
            foreach (var question in report.Newest)
            {
                rows.Add(question.Time.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture), question.Client, question.Zone, question.Type, question.Answer, question.From, question.Name);
            }

            rows.WriteTo(writer);
        }

        writer.WriteLine();
        writer.WriteLine(report.Log switch
        {
            "off" => "Questions are counted and not kept (dns: { log: off }).",
            "full" => string.Create(CultureInfo.InvariantCulture, $"From the last {report.Counted} questions, with who asked them (dns: {{ log: full }})."),
            _ => string.Create(CultureInfo.InvariantCulture, $"From the last {report.Counted} questions; who asked is not kept (dns: {{ log: anonymous }})."),
        });
    }

    private static void Line(Columns columns, string words, long count, NamesReport report) => columns.Add(
        words, count.ToString("N0", CultureInfo.InvariantCulture), report.Questions == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / report.Questions:F1} %"));

    private void Section(string title, ValueList<NamesCount> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine(ink.Strong(title));
        var columns = new Columns("  ");
        foreach (var count in counts)
        {
            columns.Add(count.Count.ToString("N0", CultureInfo.InvariantCulture), count.Name);
        }

        columns.WriteTo(writer);
    }
}
