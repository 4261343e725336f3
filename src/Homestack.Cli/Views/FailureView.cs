using Homestack.Machine;

namespace Homestack.Cli.Views;

/// <summary>Why a call ended without its result.</summary>
internal static class FailureView
{
    public static void Write(IoContext io, string words, string next)
    {
        var ink = Ink.For(io, io.IsErrorTerminal);
        io.Error.WriteLine($"{ink.Bad("homestack:")} {SafeText.Lines(words)}");
        if (next.Length > 0)
        {
            io.Error.WriteLine($"  {SafeText.Lines(next)}");
        }
    }

    public static void Write(IoContext io, MachineException failure) => Write(io, $"{failure.Call}: {failure.Words}", failure.Next);

    public static void WriteBug(IoContext io, Exception bug) =>
        Write(io, $"error HS9000: An unexpected failure. {bug.GetType().Name}: {bug.Message}\nThis is a bug in Homestack.", io.Variable("HOMESTACK_TRACE").Length > 0 ? bug.ToString() : "");
}
