namespace Homestack.Cli.Views;

/// <summary>What was looked at, one line each, with the command that mends it beneath.</summary>
internal sealed class DoctorView(TextWriter writer, Ink ink)
{
    public void Write(DoctorReport report)
    {
        var width = report.Findings.Max(finding => finding.Subject.Length);
        foreach (var finding in report.Findings)
        {
            var symbol = finding.State switch { FindingState.Well => ink.Good("✓"), FindingState.Note => ink.Warning("!"), _ => ink.Bad("✗") };
            writer.WriteLine($"  {symbol} {ink.Strong(finding.Subject)}{new string(' ', width - finding.Subject.Length)}  {SafeText.Line(finding.Words)}");
            if (finding.Next.Length > 0)
            {
                writer.WriteLine($"    {new string(' ', width)}  {SafeText.Line(finding.Next)}");
            }
        }
    }
}
