using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Cli.Importing;

/// <summary>Files that are not written yet, read as if they were.</summary>
internal sealed class FilesInMemory(ValueMap<string> files) : ISourceReader
{
    public SourceReading Read(string path, long limit) =>
        !files.TryGetValue(path, out var text) ? SourceReading.Failed(SourceProblem.NotFound, "")
        : text.Length > limit ? SourceReading.Failed(SourceProblem.TooLarge, "")
        : SourceReading.Of(new(path, text));

    public bool IsFolder(string path) => files.Keys.Any(file => file.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));
}
