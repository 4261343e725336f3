namespace Homestack.Machine;

/// <summary>A log that a program writes to with O_APPEND: when it is long, its text moves to <c>.1</c> and it begins anew.</summary>
public static class LogFile
{
    /// <summary>Copies and empties the file when it is larger. Its writers keep their descriptor and go on at the new end.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="largest">In bytes.</param>
    public static void Shorten(string path, long largest)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: var length } && length > largest)
            {
                File.Copy(path, path + ".1", overwrite: true);
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.SetLength(0);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A log that cannot be shortened is no reason to stop watching.
        }
    }
}
