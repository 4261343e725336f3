namespace Homestack.EndToEnd.Homes;

/// <summary>A home folder with a state folder beside it; both go away with it.</summary>
internal sealed class TemporaryHome : IDisposable
{
    private readonly string top = Directory.CreateTempSubdirectory("homestack-home-").FullName;

    public TemporaryHome() => Directory.CreateDirectory(Folder);

    /// <summary>Where <c>homestack.yaml</c> lies.</summary>
    public string Folder => top + "/home";

    /// <summary>Not made beforehand: the product does that.</summary>
    public string StateFolder => top + "/state";

    /// <summary>A path beside the home, for plan files and sockets.</summary>
    public string Beside(string name) => Path.Combine(top, name);

    /// <summary>Lets other users pass through to what is theirs in it, such as the front to its folder.</summary>
    public void LetThrough() => File.SetUnixFileMode(top, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    /// <summary>Writes one file below the home folder.</summary>
    public TemporaryHome Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? Folder);
        File.WriteAllText(file, text);
        return this;
    }

    /// <summary>Forgets everything that was applied.</summary>
    public void ForgetState()
    {
        if (Directory.Exists(StateFolder))
        {
            Directory.Delete(StateFolder, recursive: true);
        }
    }

    public void Dispose() => Directory.Delete(top, recursive: true);
}
