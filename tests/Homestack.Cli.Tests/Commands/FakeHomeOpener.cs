using Homestack.Cli.Commands;
using Homestack.Cli.Homes;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Cli.Tests.Commands;

/// <summary>Every call is about the same made-up home; its state folder is real.</summary>
internal sealed class FakeHomeOpener(FakeHome home) : IHomeOpener
{
    public IHome Open(Call call, string verb) => home;

    public FolderPlan? AskEngine(Call call, FolderWish wish, CancellationToken cancellationToken) => null;

    public IHome OpenOffline(Call call) => home;

    public HomeState State(Call call) => new(new RealDisk(), call.StateFolder, PlaneList.Json, call.Io.Clock);
}
