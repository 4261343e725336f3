using Homestack.Machine;

namespace Homestack.Engine;

/// <summary>What the engine was started with.</summary>
/// <param name="StateFolder">Absolute.</param>
/// <param name="Log">File that our output goes to, to be kept short; empty when somebody else keeps it, such as systemd's journal or a terminal.</param>
internal sealed record EngineArguments(string StateFolder, string Log)
{
    /// <summary>Started with a log of its own: nobody's terminal, nobody's unit.</summary>
    public bool IsDetached => Log.Length > 0;

    /// <summary>Null when the words make no sense.</summary>
    public static EngineArguments? Parse(IReadOnlyList<string> words)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < words.Count; i += 2)
        {
            if (words[i] is not ("--state" or "--log") || i + 1 >= words.Count || !values.TryAdd(words[i], Path.GetFullPath(words[i + 1])))
            {
                return null;
            }
        }

        return new(HomeFolders.Resolve(values.GetValueOrDefault("--state")).State, values.GetValueOrDefault("--log", ""));
    }
}
