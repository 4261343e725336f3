using Homestack.Collections;

namespace Homestack.Cli.Tests;

/// <summary>One call of <c>homestack</c> in process, with everything around it made up.</summary>
internal sealed class Terminal
{
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public Terminal(string input = "", bool isTerminal = false, params (string Name, string Value)[] environment)
    {
        Io = new()
        {
            In = new StringReader(input),
            Out = output,
            Error = error,
            IsInputTerminal = isTerminal,
            IsOutputTerminal = isTerminal,
            IsErrorTerminal = isTerminal,
            WorkingFolder = Path.GetTempPath(),
            Environment = environment.ToValueMap(variable => variable.Name, variable => variable.Value),
        };
    }

    public IoContext Io { get; set; }

    public string Output => output.ToString();

    public string Error => error.ToString();

    public async Task<ExitCode> RunAsync(params string[] arguments) => await new Program(Io).RunAsync(arguments, TestContext.Current.CancellationToken);
}
