using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests;

/// <summary>Reads for one load of a home: each file once, so that the whole load sees one text, and no more than the home may ask for.</summary>
/// <remarks>
/// At most <see cref="MostFiles"/> files, <see cref="MostBytes"/> in all and <see cref="YamlBudget.FileBytes"/> each; after that every reading fails as too large, and HS1307 or HS1308 says so once.
/// </remarks>
public sealed class BudgetedReader(ISourceReader reader, DiagnosticBag diagnostics) : ISourceReader
{
    public const int MostFiles = 256;

    public const long MostBytes = 16 << 20;

    private readonly Dictionary<string, SourceReading> readings = new(StringComparer.Ordinal);
    private readonly List<SourceText> sources = [];
    private long bytes;
    private bool isSpent;

    /// <summary>Every text that was read, sorted by path.</summary>
    public ValueList<SourceText> Sources => sources.DistinctBy(source => source.Path).OrderBy(source => source.Path, StringComparer.Ordinal).ToValueList();

    public SourceReading Read(string path, long limit)
    {
        if (readings.TryGetValue(path, out var known) && (known.Text is null ? known.Problem != SourceProblem.TooLarge : known.Text.Text.Length <= limit))
        {
            return known;
        }

        if (isSpent)
        {
            return SourceReading.Failed(SourceProblem.TooLarge, "The home's budget for files is spent.");
        }

        if (readings.Count >= MostFiles)
        {
            return Spent(ManifestDiagnostics.TooManyFiles(path, MostFiles));
        }

        var reading = reader.Read(path, Math.Min(limit, YamlBudget.FileBytes));
        if (reading.Text is { } text)
        {
            bytes += System.Text.Encoding.UTF8.GetByteCount(text.Text);
            if (bytes > MostBytes)
            {
                return Spent(ManifestDiagnostics.TooMuchText(path, MostBytes));
            }

            sources.Add(text);
        }

        readings[path] = reading;
        return reading;
    }

    public bool IsFolder(string path) => reader.IsFolder(path);

    private SourceReading Spent(Diagnostic diagnostic)
    {
        isSpent = true;
        diagnostics.Add(diagnostic);
        return SourceReading.Failed(SourceProblem.TooLarge, "The home's budget for files is spent.");
    }
}
