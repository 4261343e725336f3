using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Homestack.EndToEnd.Secrecy;

/// <summary>Looks at every process of the machine again and again: the arguments of all, and the environment of ours.</summary>
internal sealed class ProcessSpy : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Canaries canaries;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, bool> found = new();
    private readonly Task looking;

    public ProcessSpy(Canaries canaries)
    {
        this.canaries = canaries;
        looking = Task.Run(LookAsync);
    }

    /// <summary>How often it looked at all of them.</summary>
    public int Rounds { get; private set; }

    /// <summary>Each as <c>program's arguments: name</c>.</summary>
    public IReadOnlyList<string> Found => [.. found.Keys.Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await looking;
        stop.Dispose();
    }

    private async Task LookAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            {
                Look(folder);
            }

            Rounds++;
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private void Look(string folder)
    {
        try
        {
            var arguments = Encoding.Latin1.GetString(File.ReadAllBytes(folder + "/cmdline"));
            var program = Path.GetFileName(arguments.Split('\0')[0]);
            foreach (var name in canaries.FoundIn(arguments))
            {
                found[$"arguments of {program}: {name}"] = true;
            }

            // A container's own processes have its environment, and may.
            foreach (var name in program.StartsWith("homestack", StringComparison.Ordinal) ? canaries.FoundIn(Encoding.Latin1.GetString(File.ReadAllBytes(folder + "/environ"))) : [])
            {
                found[$"environment of {program}: {name}"] = true;
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
        }
    }
}
