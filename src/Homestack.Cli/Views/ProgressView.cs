using Homestack.Apply;
using Homestack.Cli.Commands;
using Homestack.Plans;

namespace Homestack.Cli.Views;

/// <summary>An apply while it goes on: drawn in place on a terminal, a line for each call elsewhere, nothing when nobody wants it.</summary>
internal static class ProgressView
{
    public static async Task<ApplyResult> ShowAsync(Call call, KeptPlan plan, Func<IProgress<ApplyEvent>, Task<ApplyResult>> apply)
    {
        if (call.IsQuiet || call.IsJson || plan.IsKnownToBeEmpty)
        {
            return await apply(new PlainProgress(TextWriter.Null, Ink.Plain, isVerbose: false)).ConfigureAwait(false);
        }

        // A terminal of its own file: the drawing library is loaded only when something is drawn.
        return call.Io.IsOutputTerminal && call.Io.Variable("TERM") != "dumb"
            ? await LiveProgress.ShowAsync(call.Io, apply).ConfigureAwait(false)
            : await apply(new PlainProgress(call.Io.Out, call.OutInk, call.IsVerbose)).ConfigureAwait(false);
    }
}
