using System.CommandLine;

namespace Homestack.Cli.Commands;

/// <summary><c>restart</c>: stops and starts a service's containers as they are, one after the other.</summary>
internal static class RestartCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("restart", "Stop a service and start it again as it is");
        var service = new Argument<string>("SERVICE") { Description = "stack/name, or the name alone" };
        command.Add(service);
        command.SetAction(async (result, cancellationToken) => (int)await RunAsync(global.Read(result, io), result.GetRequiredValue(service), cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static Task<ExitCode> RunAsync(Call call, string name, CancellationToken cancellationToken) => ServiceVerb.WithAsync(call, name, async found =>
    {
        foreach (var container in found.Containers.Where(container => container.IsRunning).DefaultIfEmpty(found.Containers[0]))
        {
            await container.Engine.RestartContainerAsync(container.Id, found.Service.Container.StopGracePeriod, cancellationToken).ConfigureAwait(false);
            call.Say($"  {call.OutInk.Good("✓")} {container.Name}");
        }

        return ExitCode.Fine;
    }, cancellationToken);
}
