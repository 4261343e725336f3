using Homestack.Cli.Homes;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Cli;

/// <summary>Everything around one call: streams, terminal, environment, folder, clock, and how homes are opened.</summary>
internal sealed record IoContext
{
    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Somebody can answer a question.</summary>
    public bool IsInputTerminal { get; init; }

    public bool IsOutputTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>Columns of the terminal; 120 where there is none.</summary>
    public int Width { get; init; } = 120;

    public ValueMap<string> Environment { get; init; } = ValueMap<string>.Empty;

    /// <summary>Absolute.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Absolute folder where <c>homestack</c> and <c>homestack-engine</c> lie.</summary>
    public string ProgramFolder { get; init; } = "";

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public bool IsRoot { get; init; }

    /// <summary>Opens the home that a call is about: through its engine when one runs, else in this process.</summary>
    public IHomeOpener Homes { get; init; } = new HomeOpener();

    /// <summary>A variable's value; empty when it is not set.</summary>
    public string Variable(string name) => Environment.TryGetValue(name, out var value) ? value : "";

    /// <summary>Standard input and output as bytes.</summary>
    public Func<Stream> OpenInput { get; init; } = static () => Stream.Null;

    public Func<Stream> OpenOutput { get; init; } = static () => Stream.Null;

    /// <summary>Reads one line from the terminal without showing it.</summary>
    public Func<string> ReadHidden { get; init; } = static () => "";

    /// <summary>The real process.</summary>
    public static IoContext OfProcess() => new()
    {
        In = Console.In,
        Out = Console.Out,
        Error = Console.Error,
        IsInputTerminal = !Console.IsInputRedirected,
        IsOutputTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? 120 : Math.Max(40, Console.WindowWidth),
        Environment = ProcessEnvironment.Variables(),
        WorkingFolder = System.Environment.CurrentDirectory,
        ProgramFolder = AppContext.BaseDirectory,
        IsRoot = ProcessEnvironment.IsRoot,
        ReadHidden = ReadLineUnseen,
        OpenInput = Console.OpenStandardInput,
        OpenOutput = Console.OpenStandardOutput,
    };

    private static string ReadLineUnseen()
    {
        var line = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                line.Append(key.KeyChar);
            }
            else if (line.Length > 0)
            {
                line.Length--;
            }
        }

        Console.Error.WriteLine();
        return line.ToString();
    }
}
