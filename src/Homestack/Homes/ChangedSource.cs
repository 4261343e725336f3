using Homestack.Diagnostics;

namespace Homestack.Homes;

/// <summary>The files of a folder, one of them as it would be.</summary>
/// <param name="reader">The folder.</param>
/// <param name="changed">What the one shall say; its path as it is asked for.</param>
public sealed class ChangedSource(ISourceReader reader, SourceText changed) : ISourceReader
{
    public SourceReading Read(string path, long limit) => path == changed.Path ? SourceReading.Of(changed) : reader.Read(path, limit);

    public bool IsFolder(string path) => reader.IsFolder(path);
}
