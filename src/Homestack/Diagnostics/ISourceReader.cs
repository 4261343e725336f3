namespace Homestack.Diagnostics;

/// <summary>How the loader reads files: text in, or why not. The real one lives in Machine/, a dictionary in tests.</summary>
public interface ISourceReader
{
    /// <summary>Reads one text file.</summary>
    /// <param name="path">Absolute, or relative to the home's folder.</param>
    /// <param name="limit">Largest size that is read, in bytes.</param>
    SourceReading Read(string path, long limit);

    /// <summary>Whether a folder is at this path.</summary>
    bool IsFolder(string path);
}

/// <summary>The outcome of reading one file: the text, or a problem.</summary>
/// <param name="Text">Present when <paramref name="Problem"/> is <see cref="SourceProblem.None"/>.</param>
/// <param name="Problem">Why there is no text.</param>
/// <param name="Words">The system's own words for the problem; empty when there is none.</param>
public sealed record SourceReading(SourceText? Text, SourceProblem Problem, string Words)
{
    /// <summary>Where in the file the problem is, when it is at one place.</summary>
    public SourceSpan? Place { get; init; }

    public static SourceReading Of(SourceText text) => new(text, SourceProblem.None, "");

    public static SourceReading Failed(SourceProblem problem, string words) => new(null, problem, words);
}

/// <summary>Why a file could not be read as text.</summary>
public enum SourceProblem
{
    None,
    NotFound,
    NotReadable,
    NotAFile,
    TooLarge,
    NotUtf8,
}
