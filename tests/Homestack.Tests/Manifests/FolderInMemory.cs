using Homestack.Diagnostics;

namespace Homestack.Tests.Manifests;

/// <summary>A home's folder that is a dictionary: path to text.</summary>
internal sealed class FolderInMemory(params (string Path, string Text)[] files) : ISourceReader
{
    private readonly Dictionary<string, string> texts = files.ToDictionary(file => file.Path, file => file.Text);

    /// <summary>How often a file was really asked for.</summary>
    public int Reads { get; private set; }

    public SourceReading Read(string path, long limit)
    {
        Reads++;
        return !texts.TryGetValue(path, out var text) ? SourceReading.Failed(IsFolder(path) ? SourceProblem.NotAFile : SourceProblem.NotFound, "")
            : text.Length > limit ? SourceReading.Failed(SourceProblem.TooLarge, $"It has {text.Length:N0} bytes.")
            : SourceReading.Of(new(path, text));
    }

    public bool IsFolder(string path) => texts.Keys.Any(name => name.StartsWith(path + "/", StringComparison.Ordinal));
}
