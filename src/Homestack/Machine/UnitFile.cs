namespace Homestack.Machine;

/// <summary>A configuration file that other programs read: whole or not there, mode 0644.</summary>
public static class UnitFile
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes beside it and renames, so that nobody reads half of it.</summary>
    public static void Write(string path, byte[] bytes)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
            var fresh = path + ".new";
            using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Mode }))
            {
                file.Write(bytes);
            }

            File.SetUnixFileMode(fresh, Mode);
            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"write {path}", exception.Message, kind: MachineFailure.Denied, inner: exception);
        }
    }
}
