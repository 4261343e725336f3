using System.Globalization;

namespace Homestack.EndToEnd.Programs;

/// <summary>What runs on this machine, from /proc.</summary>
internal static class ProcessTable
{
    /// <summary>Processes whose program ends with <paramref name="name"/> and that were given <paramref name="argument"/>, zombies left out.</summary>
    public static IReadOnlyList<int> Find(string name, string argument)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && CommandLine(process) is [var program, .. var arguments]
                && Path.GetFileName(program) == name && arguments.Any(given => given == argument || given.StartsWith(argument + "/", StringComparison.Ordinal)))
            {
                found.Add(process);
            }
        }

        return found;
    }

    private static string[] CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
