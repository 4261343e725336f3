using System.Collections;

namespace Homestack.Diagnostics;

/// <summary>Collects what a stage has to say, so that one run reports everything it finds.</summary>
/// <remarks>Bounded: after <see cref="Limit"/> entries only the count goes on, so that a hostile file cannot fill memory with complaints.</remarks>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    public const int Limit = 200;

    private readonly List<Diagnostic> items = [];
    private readonly HashSet<(string, SourceSpan?, string)> seen = [];

    public bool HasErrors { get; private set; }

    public int Count => items.Count;

    /// <summary>No more are kept. Who makes diagnostics in a loop stops here, because making them costs time too.</summary>
    public bool IsFull => items.Count >= Limit;

    /// <summary>How many were left out because the bag was full.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Adds one; the same code at the same place with the same detail counts once.</summary>
    public void Add(Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity == Severity.Error;
        if (items.Count >= Limit)
        {
            LeftOut++;
            return;
        }

        var clean = diagnostic with { Detail = Clean(diagnostic.Detail), Path = Clean(diagnostic.Path) };
        if (seen.Add((clean.Code, clean.Span, clean.Detail)))
        {
            items.Add(clean);
        }
    }

    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }

    public IEnumerator<Diagnostic> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <remarks>Details quote what people wrote. A control character in it must not reach a terminal, where it could hide the message or pretend another.</remarks>
    private static string Clean(string text) =>
        text.Any(letter => char.IsControl(letter) && letter != '\n') ? string.Concat(text.Select(letter => char.IsControl(letter) && letter != '\n' ? '\u00b7' : letter)) : text;
}
