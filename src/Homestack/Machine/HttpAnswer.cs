namespace Homestack.Machine;

/// <summary>A whole answer over HTTP.</summary>
/// <param name="Status">Such as 200.</param>
/// <param name="Head">Status line and header lines as they came, each ended by CR LF.</param>
/// <param name="Body">Without the transfer encoding.</param>
public sealed record HttpAnswer(int Status, string Head, byte[] Body)
{
    /// <summary>The value of the first header of this name, in any case; empty when there is none.</summary>
    public string Header(string name)
    {
        foreach (var line in Head.AsSpan().EnumerateLines())
        {
            if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(name.Length + 1)..].Trim().ToString();
            }
        }

        return "";
    }
}
