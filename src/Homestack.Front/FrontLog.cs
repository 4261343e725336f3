using System.Globalization;

namespace Homestack.Front;

/// <summary>What the front says, a line each. Never about a single visitor: that is for the access log.</summary>
internal sealed class FrontLog(TextWriter writer, TimeProvider clock)
{
    private readonly Lock gate = new();

    public void Say(string words)
    {
        lock (gate)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {words.ReplaceLineEndings(" ")}"));
            writer.Flush();
        }
    }
}
