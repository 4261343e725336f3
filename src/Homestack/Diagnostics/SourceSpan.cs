namespace Homestack.Diagnostics;

/// <summary>A place in a source text.</summary>
/// <param name="Source">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Length">How many columns the caret underlines on that line; at least 1.</param>
public readonly record struct SourceSpan(SourceText Source, int Line, int Column, int Length)
{
    /// <summary>The start of a file, for what concerns it as a whole.</summary>
    public static SourceSpan StartOf(SourceText source) => new(source, 1, 1, 1);

    /// <summary>The form that editors and terminals make clickable.</summary>
    public override string ToString() => $"{Source.Path}:{Line}:{Column}";
}
