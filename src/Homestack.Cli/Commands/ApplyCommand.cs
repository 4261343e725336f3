using System.CommandLine;
using Homestack.Apply;
using Homestack.Homes;
using Homestack.Machine;
using Homestack.Plans;

namespace Homestack.Cli.Commands;

/// <summary><c>apply FILE</c>: exactly that plan, or a refusal because the world moved. To name the plan is to agree to it.</summary>
internal static class ApplyCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("apply", "Carry out exactly a plan that was kept");
        var file = new Argument<string>("FILE") { Description = "From: homestack plan --out FILE" };
        command.Add(file);
        command.SetAction(async (result, cancellationToken) => (int)await RunAsync(global.Read(result, io), result.GetRequiredValue(file), cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Call call, string file, CancellationToken cancellationToken)
    {
        var bytes = new RealDisk().Read(Path.GetFullPath(file, call.Io.WorkingFolder), PlanJson.Limit);
        using var home = call.Io.Homes.Open(call, "apply");
        var result = await CarryOut.RunAsync(call, home, new(bytes, PlaneList.Json), cancellationToken).ConfigureAwait(false);
        return result.Outcome == ApplyOutcome.WorldMoved ? ExitCode.WorldMoved : CarryOut.CodeOf(result);
    }
}
