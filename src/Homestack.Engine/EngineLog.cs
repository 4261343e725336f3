using System.Globalization;
using Homestack.Machine;

namespace Homestack.Engine;

/// <summary>What the engine says, a line each, on standard output. In the background that is a file, which is kept short.</summary>
internal sealed class EngineLog(TextWriter writer, string file, TimeProvider clock)
{
    private const long Largest = 4 << 20;
    private const int LinesBetweenLooks = 100;

    private readonly Lock gate = new();
    private int lines;

    public void Say(string words)
    {
        lock (gate)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {words.ReplaceLineEndings(" ")}"));
            writer.Flush();
            if (file.Length > 0 && lines++ % LinesBetweenLooks == 0)
            {
                LogFile.Shorten(file, Largest);
            }
        }
    }
}
