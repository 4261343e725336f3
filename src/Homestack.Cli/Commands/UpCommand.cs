using System.CommandLine;
using Homestack.Apply;
using Homestack.Cli.Homes;
using Homestack.Cli.Provisioning;
using Homestack.Cli.Views;
using Homestack.Homes;

namespace Homestack.Cli.Commands;

/// <summary><c>up</c>: plan, ask, carry out, then keep watching.</summary>
internal static class UpCommand
{
    private static readonly TimeSpan StartingLimit = TimeSpan.FromSeconds(30);

    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("up", "Bring the home up: plan, ask, carry out, then keep watching");
        var folder = HomeChoice.Argument();
        var profiles = ProfileOption.Create();
        var isDetached = new Option<bool>("--detach", "-d") { Description = "Watch in the background" };
        command.Add(folder);
        command.Add(profiles);
        command.Add(isDetached);
        command.SetAction(async (result, cancellationToken) =>
            (int)await RunAsync(global.Read(result, io), result.GetValue(folder), result.GetValue(profiles) ?? [], result.GetValue(isDetached), cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Call call, string? given, string[] profiles, bool isDetached, CancellationToken cancellationToken)
    {
        if (HomeChoice.Find(call, given) is not { } folder || HomeLoading.LoadOrSay(call, folder, profiles) is not var (blueprint, options))
        {
            return ExitCode.Error;
        }

        if (!await DockerProvision.EnsureForAsync(call, blueprint, cancellationToken).ConfigureAwait(false))
        {
            return ExitCode.Error;
        }

        await new LegoProvision(call, LegoSite.Here()).EnsureForAsync(blueprint, cancellationToken).ConfigureAwait(false);
        using (var home = call.Io.Homes.Open(call, "up"))
        {
            var outcome = await home.PlanAsync(blueprint, options, cancellationToken).ConfigureAwait(false);
            if (!await CarryOut.AgreedAsync(call, outcome, "Carry this out?", cancellationToken).ConfigureAwait(false) || outcome.Plan is not { } plan)
            {
                return ExitCode.Error;
            }

            var result = await CarryOut.RunAsync(call, home, plan, cancellationToken).ConfigureAwait(false);
            if (result.Outcome != ApplyOutcome.Applied)
            {
                return ExitCode.Error;
            }

            await SayWhereAsync(call, home, cancellationToken).ConfigureAwait(false);
        }

        return await new EngineStart(call).WatchAsync(isDetached, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where to look, once what was started had time to become well. Looks only: who is not well by then is shown as such.</summary>
    private static async Task SayWhereAsync(Call call, IHome home, CancellationToken cancellationToken)
    {
        if (call.IsQuiet || call.IsJson)
        {
            return;
        }

        var began = call.Io.Clock.GetTimestamp();
        var status = await home.StatusAsync(cancellationToken).ConfigureAwait(false);
        while (status.Services.Any(service => service.Health == ServiceHealth.Starting) && call.Io.Clock.GetElapsedTime(began) < StartingLimit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), call.Io.Clock, cancellationToken).ConfigureAwait(false);
            status = await home.StatusAsync(cancellationToken).ConfigureAwait(false);
        }

        new StatusView(call.Io.Out, call.OutInk, call.Io.Clock.GetLocalNow())
            .WriteServices(status.Services.Where(service => service.Addresses.Count > 0 || service.Health is not (ServiceHealth.Well or ServiceHealth.Resting)));
    }
}
