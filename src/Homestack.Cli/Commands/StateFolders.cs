namespace Homestack.Cli.Commands;

/// <summary>Where a home's state lies when nobody says otherwise.</summary>
/// <remarks><para>Source: XDG Base Directory Specification 0.8, <c>XDG_STATE_HOME</c>; relative values are invalid and ignored.</para></remarks>
internal static class StateFolders
{
    public const string OfRoot = "/var/lib/homestack";

    public static string Default(IoContext io)
    {
        if (io.IsRoot)
        {
            return OfRoot;
        }

        var state = io.Variable("XDG_STATE_HOME");
        return Path.IsPathRooted(state) ? Path.Combine(state, "homestack") : Path.Combine(io.Variable("HOME") is { Length: > 0 } home ? home : "/", ".local/state/homestack");
    }
}
