using System.CommandLine;

namespace Homestack.Cli.Commands;

/// <summary><c>rollback [N]</c>: a plan to an older generation, with exactly its images.</summary>
internal static class RollbackCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("rollback", "Go back to an older generation, as a plan");
        var number = new Argument<int?>("N") { Description = "Which; without it, the newest before this one that ended well", Arity = ArgumentArity.ZeroOrOne };
        command.Add(number);
        command.SetAction(async (result, cancellationToken) => (int)await RunAsync(global.Read(result, io), result.GetValue(number) ?? 0, cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Call call, int number, CancellationToken cancellationToken)
    {
        using var home = call.Io.Homes.Open(call, "rollback");
        var outcome = await home.PlanRollbackAsync(number, cancellationToken).ConfigureAwait(false);
        if (!await CarryOut.AgreedAsync(call, outcome, "Go back to it?", cancellationToken).ConfigureAwait(false) || outcome.Plan is not { } plan)
        {
            return ExitCode.Error;
        }

        return CarryOut.CodeOf(await CarryOut.RunAsync(call, home, plan, cancellationToken).ConfigureAwait(false));
    }
}
