namespace Homestack.Machine;

/// <summary>A copy of a published program at a place that everybody may read, for one that runs as another user than the owner of the folder it was built in.</summary>
public static class ProgramCopy
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Copies the folder that a program lies in, unless this very build was copied before.</summary>
    /// <param name="program">Absolute.</param>
    /// <param name="parent">Absolute folder that holds the copies; only its owner writes there.</param>
    /// <returns>The program's path in the copy.</returns>
    /// <exception cref="MachineException">It could not be read or written.</exception>
    public static string Make(string program, string parent)
    {
        try
        {
            var source = new FileInfo(program).Directory ?? throw new IOException($"{program} lies in no folder.");
            var target = Path.Combine(parent, FormattableString.Invariant($"{source.Name}-{File.GetLastWriteTimeUtc(program).Ticks:x}"));
            if (!Directory.Exists(target))
            {
                var fresh = target + ".new";
                if (Directory.Exists(fresh))
                {
                    Directory.Delete(fresh, recursive: true);
                }

                Directory.CreateDirectory(parent, Runnable);
                File.SetUnixFileMode(parent, Runnable);
                Copy(source, fresh);
                Directory.Move(fresh, target);
            }

            return Path.Combine(target, Path.GetFileName(program));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"copy {program} to {parent}", exception.Message, kind: MachineFailure.Denied, inner: exception);
        }
    }

    private static void Copy(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        File.SetUnixFileMode(target, Runnable);
        foreach (var file in source.EnumerateFiles())
        {
            var copy = Path.Combine(target, file.Name);
            file.CopyTo(copy);
            File.SetUnixFileMode(copy, (file.UnixFileMode & UnixFileMode.UserExecute) != 0 ? Runnable : Readable);
        }

        foreach (var folder in source.EnumerateDirectories())
        {
            Copy(folder, Path.Combine(target, folder.Name));
        }
    }
}
