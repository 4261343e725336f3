using Homestack.Cli.Commands;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Cli.Homes;

/// <summary>Opens real homes.</summary>
internal sealed class HomeOpener : IHomeOpener
{
    public IHome Open(Call call, string verb)
    {
        var socket = EngineAddress.SocketOf(call.StateFolder);
        return SocketProbe.Ask(socket) switch
        {
            SocketAnswer.Listening => new EngineClient(socket),
            SocketAnswer.Denied => throw new MachineException($"connect {socket}", "The engine of this home runs as another user.", "Run this as that user, or with sudo.", MachineFailure.Denied),
            _ => new LocalHome(State(call), Planes(call), call.Io.Clock) { Verb = verb },
        };
    }

    public FolderPlan? AskEngine(Call call, FolderWish wish, CancellationToken cancellationToken) =>
        new FolderPlanClient(EngineAddress.SocketOf(call.StateFolder)).Ask(wish, cancellationToken);

    public IHome OpenOffline(Call call) => new LocalHome(State(call), Planes(call), call.Io.Clock) { IsOffline = true };

    public HomeState State(Call call) => new(new RealDisk(), call.StateFolder, PlaneList.Json, call.Io.Clock);

    private static PlaneList Planes(Call call) => new(call.StateFolder, call.Io.Environment, call.Io.Clock);
}
