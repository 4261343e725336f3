using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Homestack.Cli.Commands;

namespace Homestack.Cli.Views;

/// <summary>The usual help, and under it examples that can be copied.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
{
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is SynchronousCommandLineAction usual)
            {
                option.Action = new HelpWithExamples(usual);
            }
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var writer = parseResult.InvocationConfiguration.Output;
        writer.WriteLine("Examples:");
        foreach (var (line, words) in Examples.Of(parseResult.CommandResult.Command.Name))
        {
            writer.WriteLine($"  {line,-44} {words}");
        }

        return code;
    }
}
