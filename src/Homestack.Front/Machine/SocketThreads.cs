using System.Globalization;

namespace Homestack.Front.Machine;

/// <summary>Which threads work on what comes from sockets.</summary>
internal static class SocketThreads
{
    private const string Inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", Count = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>The thread that hears of a byte works on it too, instead of waking another; there is one for each two processors. Nothing that is done there may wait. To be said before the first socket of the process; what the owner has set stays.</summary>
    /// <remarks>On two cores waking threads was a third of the work of a request, and a second thread a tenth: applications, whose answers are waited for, need the other one.</remarks>
    public static void WorkWhereItIsHeard()
    {
        Say(Inline, "1");
        Say(Count, Math.Max(1, Environment.ProcessorCount / 2).ToString(CultureInfo.InvariantCulture));
    }

    private static void Say(string name, string value)
    {
#pragma warning disable RS0030 // Machine/ is where the surroundings are read.
        Environment.SetEnvironmentVariable(name, Environment.GetEnvironmentVariable(name) ?? value);
#pragma warning restore RS0030
    }
}
