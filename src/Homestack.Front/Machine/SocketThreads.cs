namespace Homestack.Front.Machine;

/// <summary>Which threads work on what comes from sockets.</summary>
internal static class SocketThreads
{
    private const string Setting = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>The thread that hears of a byte works on it too, instead of waking another. Nothing that is done there may wait. To be said before the first socket of the process; what the owner has set stays.</summary>
    /// <remarks>On two cores waking threads was a third of the work of a request.</remarks>
    public static void WorkWhereItIsHeard()
    {
#pragma warning disable RS0030 // Machine/ is where the surroundings are read.
        Environment.SetEnvironmentVariable(Setting, Environment.GetEnvironmentVariable(Setting) ?? "1");
#pragma warning restore RS0030
    }
}
