using Homestack.Diagnostics;

namespace Homestack.Tests.Manifests;

/// <summary>Files that exist only in a test, by path.</summary>
internal sealed class MemorySources(params (string Path, string Text)[] files) : ISourceReader
{
    public SourceReading Read(string path, long limit)
    {
        var found = files.FirstOrDefault(file => file.Path == path);
        return found.Path is null ? SourceReading.Failed(IsFolder(path) ? SourceProblem.NotAFile : SourceProblem.NotFound, "")
            : found.Text.Length > limit ? SourceReading.Failed(SourceProblem.TooLarge, "")
            : SourceReading.Of(new(path, found.Text));
    }

    public bool IsFolder(string path) => files.Any(file => file.Path.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));
}
