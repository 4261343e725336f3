using Homestack.Machine;

namespace Homestack.Engine.Api;

/// <summary>Who may do what. Everything that is not said here is denied.</summary>
/// <param name="Owner">The user that the engine runs as.</param>
internal sealed record Callers(uint Owner)
{
    private const uint Root = 0;

    /// <summary>Root and the engine's own user may do everything that is declared; nobody else anything.</summary>
    public bool May(PeerCredentials? peer, Permission permission) =>
        permission switch
        {
            Permission.Read or Permission.Change => peer is { } known && (known.UserId == Root || known.UserId == Owner),
            _ => false,
        };
}
