using Homestack.Blueprints;
using Homestack.Diagnostics;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Cli.Commands;

/// <summary>What the verbs about one service share: the home as it was applied last, and the containers of that service.</summary>
internal static class ServiceVerb
{
    /// <summary>Finds the containers of a service and hands them on.</summary>
    /// <exception cref="MachineException">Nothing was applied, or there is no such service or container.</exception>
    public static async Task<ExitCode> WithAsync(Call call, string name, Func<ServiceContainers, Task<ExitCode>> act, CancellationToken cancellationToken)
    {
        var state = call.Io.Homes.State(call);
        var number = state.Generations.Newest();
        var diagnostics = new DiagnosticBag();
        if (number == 0)
        {
            diagnostics.Add(Homestack.Homes.HomeDiagnostics.NothingApplied(call.StateFolder));
        }

        if (number == 0 || state.Generations.Load(number, diagnostics) is not { } newest)
        {
            HomeLoading.Say(call, diagnostics);
            return ExitCode.Error;
        }

        using var engines = new HostEngines(newest.Blueprint.Hosts);
        var finder = new ServiceFinder(newest.Blueprint, engines);
        var service = finder.Service(name);
        var containers = await finder.ContainersAsync(service, cancellationToken).ConfigureAwait(false);
        return containers.Count == 0
            ? call.Refuse($"The service {service.Key} has no container.", "homestack up")
            : await act(new(service.Key, service.Value, containers)).ConfigureAwait(false);
    }
}

/// <summary>A service and its containers, running ones first; at least one.</summary>
internal sealed record ServiceContainers(string Name, Service Service, IReadOnlyList<FoundContainer> Containers);
