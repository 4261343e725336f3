using Homestack.Diagnostics;

namespace Homestack.Machine;

/// <summary>Reads manifests from the disk.</summary>
/// <param name="folder">Absolute folder of the home; relative paths begin there.</param>
public sealed class DiskSourceReader(string folder) : ISourceReader
{
    public SourceReading Read(string path, long limit)
    {
        var full = Full(path);
        try
        {
            using var file = RealFile.Open(full, LibC.ReadOnly | LibC.NonBlocking, 0);
            if (!LibC.Status(file.Descriptor, "", out var entry, out var size))
            {
                return SourceReading.Failed(SourceProblem.NotReadable, LibC.Failure("stat").Words);
            }

            return entry != DiskEntry.File ? SourceReading.Failed(SourceProblem.NotAFile, entry == DiskEntry.Folder ? "It is a folder." : "It is a device or pipe.")
                : size > limit ? SourceReading.Failed(SourceProblem.TooLarge, $"It has {size:N0} bytes.")
                : SourceDecoder.Decode(Shown(full), file.ReadAll(limit));
        }
        catch (MachineException exception)
        {
            return SourceReading.Failed(exception.Kind == MachineFailure.NotFound ? SourceProblem.NotFound : SourceProblem.NotReadable, exception.Words);
        }
    }

    public bool IsFolder(string path) => LibC.Status(LibC.CurrentFolder, Full(path), out var entry, out _) && entry == DiskEntry.Folder;

    private string Full(string path) => Path.GetFullPath(path, Path.GetFullPath(folder));

    /// <summary>Relative to the home's folder when it is beneath it, else as it is.</summary>
    private string Shown(string full)
    {
        var relative = Path.GetRelativePath(Path.GetFullPath(folder), full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }
}
