using Homestack.Cli.Commands;
using Homestack.Homes;

namespace Homestack.Cli.Homes;

/// <summary>Opens the home that a call is about.</summary>
internal interface IHomeOpener
{
    /// <summary>Through its engine when one runs, else in this process.</summary>
    /// <param name="call">Names the state folder.</param>
    /// <param name="verb">For the lock.</param>
    IHome Open(Call call, string verb);

    /// <summary>Has the engine load and plan a folder, which spares this process the work; null when it does not run, sees other files, or cannot: then do it here.</summary>
    FolderPlan? AskEngine(Call call, FolderWish wish, CancellationToken cancellationToken);

    /// <summary>In this process, against a world where nothing is.</summary>
    IHome OpenOffline(Call call);

    /// <summary>What is kept in the state folder.</summary>
    HomeState State(Call call);
}
