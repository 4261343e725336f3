namespace Homestack.Machine;

/// <summary>Where this user's home keeps its state and its sockets.</summary>
/// <param name="State">Absolute. Lasting: generations, journal, secrets.</param>
/// <param name="Runtime">Absolute. Gone after a restart of the machine: sockets.</param>
public sealed record HomeFolders(string State, string Runtime)
{
    /// <summary>The folders for a given state folder, or for this user's usual one.</summary>
    /// <param name="state">From <c>--state</c>; null or empty for the usual one: <c>/var/lib/homestack</c> as root, else <c>$XDG_STATE_HOME/homestack</c> or <c>~/.local/state/homestack</c>.</param>
    /// <remarks>With a state folder of its own a home also has sockets of its own, in <c>run/</c> beneath it, so that two homes on one machine never meet.
    /// <para>Source: XDG Base Directory Specification 0.8.</para></remarks>
    public static HomeFolders Resolve(string? state) => Resolve(state, LibC.EffectiveUser() == 0, Environment.GetEnvironmentVariable);

    internal static HomeFolders Resolve(string? state, bool isRoot, Func<string, string?> variable)
    {
        if (!string.IsNullOrEmpty(state))
        {
            var full = Path.GetFullPath(state);
            return new(full, Path.Combine(full, "run"));
        }

        if (isRoot)
        {
            return new("/var/lib/homestack", "/run/homestack");
        }

        var user = Absolute(variable("HOME")) ?? "/";
        var usual = Path.Combine(Absolute(variable("XDG_STATE_HOME")) ?? Path.Combine(user, ".local", "state"), "homestack");
        return new(usual, Absolute(variable("XDG_RUNTIME_DIR")) is { } runtime ? Path.Combine(runtime, "homestack") : Path.Combine(usual, "run"));
    }

    /// <summary>The specification has relative paths ignored.</summary>
    private static string? Absolute(string? path) => path is { Length: > 0 } && Path.IsPathRooted(path) ? path : null;
}
