namespace Homestack.Front.Machine;

/// <summary>How long a log is already.</summary>
internal static class LogSize
{
    /// <summary>In bytes; 0 when it is missing.</summary>
    public static long Of(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;
}
