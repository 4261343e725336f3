using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Benchmarks;

/// <summary>Files in memory, so that no disk is measured.</summary>
internal sealed class MemorySources(ValueMap<string> files) : ISourceReader
{
    public SourceReading Read(string path, long limit) =>
        files.TryGetValue(path, out var text) ? SourceReading.Of(new(path, text)) : SourceReading.Failed(SourceProblem.NotFound, "No such file");

    public bool IsFolder(string path) => files.Keys.Any(file => file.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));
}
