using System.Globalization;
using System.Text.RegularExpressions;

namespace Homestack.EndToEnd.Faults;

/// <summary>Prefixes that run a program under strace, and the reading of what it counted.</summary>
/// <remarks><para>Source: strace(1): <c>when=N</c> counts for each thread by itself; the product writes its state on one thread.</para></remarks>
internal static partial class Strace
{
    /// <summary>The calls by which a state store touches its disk.</summary>
    public static readonly string[] StoreCalls = ["fsync", "rename", "write", "ftruncate", "mkdir", "open", "openat", "unlink", "rmdir"];

    private static readonly string[] Quiet = ["strace", "-f", "-qqq", "-e", "signal=none"];

    /// <summary>Only the calls of interest stop the program. Not for signals: with it strace 6.1 delivers none of those that it injects.</summary>
    private static readonly string[] Swift = [.. Quiet, "--seccomp-bpf"];

    /// <summary>Kills the program as it enters the n-th of these calls.</summary>
    public static IReadOnlyList<string> Kill(string call, int number) =>
        [.. Quiet, "-o", "/dev/null", "-e", "trace=" + call, "-e", FormattableString.Invariant($"inject={call}:signal=KILL:when={number}")];

    /// <summary>Makes a fault come up among the calls about some paths only, so that the program's own start is not disturbed; without paths, among all.</summary>
    public static IReadOnlyList<string> Fail(InjectedFault fault, IEnumerable<string> paths) =>
    [
        .. Swift, "-o", "/dev/null", "-e", "trace=" + fault.Call, .. paths.SelectMany(path => new[] { "-P", path }),
        "-e", FormattableString.Invariant($"inject={fault.Call}:error={fault.Error}:when={fault.Number}{(fault.IsSticky ? "+" : "")}"),
    ];

    /// <summary>Writes down every program that is started, by whichever process, with all its words.</summary>
    public static IReadOnlyList<string> Programs(string file) => [.. Quiet, "-s", "100000", "-v", "-o", file, "-e", "trace=execve,execveat"];

    /// <summary>The most connections that one thread made, to whatever.</summary>
    public static int Connections(string file) => File.ReadLines(file).Select(line => Line().Match(line)).Where(match => match.Success && match.Groups["call"].Value == "connect")
        .GroupBy(match => match.Groups["thread"].Value).Select(thread => thread.Count()).DefaultIfEmpty().Max();

    /// <summary>Only counts; the lines, with the paths of descriptors, go to a file.</summary>
    public static IReadOnlyList<string> Count(string file) => [.. Swift, "-y", "-s", "300", "-o", file, "-e", "trace=connect," + string.Join(',', StoreCalls)];

    /// <summary>Every path below a folder that the counted calls were about, each once.</summary>
    public static IReadOnlyList<string> PathsBelow(string folder, string file) =>
        [.. File.ReadLines(file).SelectMany(line => AnyPath().Matches(line)).Select(match => match.Groups["path"].Value)
            .Where(path => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>How often the thread that writes the state made each call: the thread with the most fsyncs.</summary>
    public static IReadOnlyDictionary<string, int> StoreThread(string file)
    {
        var calls = File.ReadLines(file).Select(line => Line().Match(line)).Where(match => match.Success)
            .Select(match => (Thread: int.Parse(match.Groups["thread"].Value, CultureInfo.InvariantCulture), Call: match.Groups["call"].Value)).ToArray();
        var syncs = calls.Where(call => call.Call == "fsync").GroupBy(call => call.Thread).MaxBy(group => group.Count());
        Assert.True(syncs is not null, "Nothing was made durable at all: no fsync was seen.");
        return calls.Where(call => call.Thread == syncs.Key).GroupBy(call => call.Call).ToDictionary(group => group.Key, group => group.Count());
    }

    [GeneratedRegex("[\"<](?<path>/[^\">]*)[\">]")]
    private static partial Regex AnyPath();

    [GeneratedRegex(@"^(?<thread>\d+)\s+(?<call>\w+)\(")]
    private static partial Regex Line();
}
