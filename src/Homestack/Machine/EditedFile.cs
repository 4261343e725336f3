using System.Globalization;
using System.Security.Cryptography;

namespace Homestack.Machine;

/// <summary>A file of a person's that is changed in his stead: afterwards the new one is there whole, or the old one, with the owner and the mode that it had.</summary>
public static class EditedFile
{
    /// <summary>Replaces what the file says, if it still says what was read.</summary>
    /// <param name="path">Absolute; a symbolic link is followed.</param>
    /// <param name="known">What it said when it was read.</param>
    /// <param name="fresh">What it shall say.</param>
    /// <exception cref="MachineException">It says something else by now, or it could not be written.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> known, ReadOnlySpan<byte> fresh)
    {
        try
        {
            Write(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path, known, fresh);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"write {path}", exception.Message, $"Try: ls -l {path}", MachineFailure.Denied, exception);
        }
    }

    /// <remarks>The folder is the person's: he could put another file in the place of ours, so everything is done to what is open and nothing to a name, until the last step.</remarks>
    private static void Write(string path, ReadOnlySpan<byte> known, ReadOnlySpan<byte> fresh)
    {
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}.new");
        using var old = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var said = new byte[known.Length + 1];
        if (old.ReadAtLeast(said, said.Length, throwOnEndOfStream: false) != known.Length || !said.AsSpan(0, known.Length).SequenceEqual(known))
        {
            throw new MachineException($"write {path}", "It was changed by somebody else in this moment. Nothing was written.", "Try it again.");
        }

        if (!LibC.Owner(Descriptor(old), out var user, out var group, out var mode))
        {
            throw LibC.Failure($"statx {path}");
        }

        try
        {
            using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
                file.Write(fresh);
                file.Flush();
                if (ProcessEnvironment.IsRoot && LibC.ChangeOwner(Descriptor(file), user, group) != 0)
                {
                    throw LibC.Failure($"fchown {temporary}");
                }

                File.SetUnixFileMode(file.SafeFileHandle, mode);
                if (LibC.Sync(Descriptor(file)) != 0)
                {
                    throw LibC.Failure($"fsync {temporary}", isSync: true);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        new RealDisk().SyncFolder(Path.GetDirectoryName(path) ?? "/");
    }

    private static int Descriptor(FileStream file) => file.SafeFileHandle.DangerousGetHandle().ToInt32();
}
