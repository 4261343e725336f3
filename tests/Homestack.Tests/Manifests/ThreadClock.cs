using System.Runtime.InteropServices;

namespace Homestack.Tests.Manifests;

/// <summary>How long this thread has computed: what a pure function takes on an idle machine, however busy this one is.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static TimeSpan Now => GetTime(ThreadCpuTime, out var time) == 0 ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / 100) : throw new InvalidOperationException("clock_gettime failed.");

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out TimeOfClock time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeOfClock(long Seconds, long Nanoseconds);
}
