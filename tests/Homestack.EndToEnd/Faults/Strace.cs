using System.Globalization;
using System.Text.RegularExpressions;

namespace Homestack.EndToEnd.Faults;

/// <summary>Prefixes that run a program under strace, and the reading of what it counted.</summary>
/// <remarks><para>Source: strace(1): <c>when=N</c> counts for each thread by itself; the product writes its state on one thread.</para></remarks>
internal static partial class Strace
{
    /// <summary>The calls by which a state store touches its disk.</summary>
    public static readonly string[] StoreCalls = ["fsync", "rename", "write", "ftruncate", "mkdir", "open", "openat", "unlink", "rmdir"];

    private static readonly string[] Quiet = ["strace", "-f", "--seccomp-bpf", "-qqq", "-e", "signal=none"];

    /// <summary>Kills the program as it enters the n-th of these calls.</summary>
    public static IReadOnlyList<string> Kill(string call, int number) =>
        [.. Quiet, "-o", "/dev/null", "-e", "trace=" + call, "-e", FormattableString.Invariant($"inject={call}:signal=KILL:when={number}")];

    /// <summary>Makes the n-th of these calls fail; with <paramref name="isSticky"/> every later one too.</summary>
    public static IReadOnlyList<string> Fail(string call, string error, int number, bool isSticky) =>
        [.. Quiet, "-o", "/dev/null", "-e", "trace=" + call, "-e", FormattableString.Invariant($"inject={call}:error={error}:when={number}{(isSticky ? "+" : "")}")];

    /// <summary>Only counts; the lines go to a file.</summary>
    public static IReadOnlyList<string> Count(string file) => [.. Quiet, "-o", file, "-e", "trace=" + string.Join(',', StoreCalls)];

    /// <summary>How often the thread that writes the state made each call: the thread with the most fsyncs.</summary>
    public static IReadOnlyDictionary<string, int> StoreThread(string file)
    {
        var calls = File.ReadLines(file).Select(line => Line().Match(line)).Where(match => match.Success)
            .Select(match => (Thread: int.Parse(match.Groups["thread"].Value, CultureInfo.InvariantCulture), Call: match.Groups["call"].Value)).ToArray();
        var syncs = calls.Where(call => call.Call == "fsync").GroupBy(call => call.Thread).MaxBy(group => group.Count());
        Assert.True(syncs is not null, "Nothing was made durable at all: no fsync was seen.");
        return calls.Where(call => call.Thread == syncs.Key).GroupBy(call => call.Call).ToDictionary(group => group.Key, group => group.Count());
    }

    [GeneratedRegex(@"^(?<thread>\d+)\s+(?<call>\w+)\(")]
    private static partial Regex Line();
}
