using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using Homestack.Cli.Commands;
using Homestack.Cli.Views;
using Homestack.Machine;

namespace Homestack.Cli;

/// <summary>One call of <c>homestack</c>, with everything it touches handed in, so that tests run it in process.</summary>
internal sealed class Program(IoContext io)
{
    public static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();

        // The first signal asks: a running step ends and the journal is closed. The second one is left to the system.
        void Ask(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        return (int)await new Program(IoContext.OfProcess()).RunAsync(arguments, stop.Token).ConfigureAwait(false);
    }

    /// <summary>Parses and carries out one call. Never throws: what fails is said on <see cref="IoContext.Error"/>.</summary>
    public async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var result = Verbs.Build(io).Parse(HelpAsOption(arguments), new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (result.Action is ParseErrorAction)
            {
                var words = string.Join('\n', result.Errors.Select(error => error.Message).Distinct());
                FailureView.Write(io, words, $"Try: homestack help{(result.CommandResult.Command is RootCommand ? "" : " " + result.CommandResult.Command.Name)}");
                return ExitCode.Error;
            }

            var invocation = new InvocationConfiguration { Output = io.Out, Error = io.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return (ExitCode)await result.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (MachineException failure)
        {
            FailureView.Write(io, failure);
            return ExitCode.Error;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            io.Error.WriteLine("homestack: stopped");
            return ExitCode.Interrupted;
        }
        catch (IOException broken) when (broken.Message.Contains("Broken pipe", StringComparison.Ordinal))
        {
            // The reader of our output went away, as "head" does.
            return ExitCode.Error;
        }
#pragma warning disable CA1031 // The last resort: whatever is left is a bug of ours, and is said as one.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            FailureView.WriteBug(io, bug);
            return ExitCode.Error;
        }
    }

    /// <summary><c>help plan</c> means <c>plan --help</c>.</summary>
    private static IReadOnlyList<string> HelpAsOption(IReadOnlyList<string> arguments) =>
        arguments.Count == 0 ? ["--help"] : arguments[0] == "help" ? [.. arguments.Skip(1), "--help"] : arguments;
}
