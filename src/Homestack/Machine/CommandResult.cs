using System.Text;

namespace Homestack.Machine;

/// <summary>How a program ended and what it said.</summary>
/// <param name="ExitCode">0 by convention for fine; 128 and the signal's number when it was killed.</param>
/// <param name="Output">What it wrote to its output.</param>
/// <param name="Error">What it wrote to its error output.</param>
public sealed record CommandResult(int ExitCode, byte[] Output, byte[] Error)
{
    public string OutputText => Encoding.UTF8.GetString(Output);

    public string ErrorText => Encoding.UTF8.GetString(Error);

    /// <summary>The same result, or an exception with the last lines of the program's own complaint.</summary>
    /// <exception cref="MachineException">The exit code is not 0.</exception>
    public CommandResult OrThrow(CommandLine line)
    {
        const int longestWords = 2000;
        var words = ErrorText.Trim();
        return ExitCode == 0 ? this
            : throw new MachineException(line.ToString(), $"It ended with {ExitCode}. {(words.Length > longestWords ? "…" + words[^longestWords..] : words)}".Trim());
    }
}
