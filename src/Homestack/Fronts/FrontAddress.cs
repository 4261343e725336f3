namespace Homestack.Fronts;

/// <summary>Where the front of a state folder is. A function of that folder alone.</summary>
public static class FrontAddress
{
    /// <summary>Its own folder: the last snapshots and its socket. Belongs to the user that it runs as; nothing else of the state folder does.</summary>
    public static string FolderOf(string stateFolder) => Path.Combine(stateFolder, "front");

    /// <summary>Where the engine keeps what it gave to the front. Never the front's own folder: who writes there as root follows whatever link a captured front laid.</summary>
    public static string KeptOf(string stateFolder) => Path.Combine(stateFolder, "snapshots");

    /// <summary>Answers for an issuer of certificates that asks on port 80 (RFC 8555 §8.3), a file for each, which the front reads. Belongs to the engine; what lies there is told to everybody who asks anyway.</summary>
    public static string ChallengesOf(string stateFolder) => Path.Combine(stateFolder, "challenges");

    /// <summary>The same, as the front finds it: beside its own folder.</summary>
    public static string ChallengesBeside(string frontFolder) => ChallengesOf(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(frontFolder)) ?? "/");

    /// <summary>Where the engine keeps blocklists: readable by everybody, written by the engine alone.</summary>
    public static string ListsOf(string stateFolder) => Path.Combine(stateFolder, "lists");

    /// <summary>What the front says while it starts and when it falls over.</summary>
    public static string LogOf(string stateFolder) => Path.Combine(stateFolder, "front.log");

    /// <summary>The socket that the engine speaks to it through.</summary>
    /// <remarks>
    /// <c>GET /snapshots</c> gives the digest that is being served of each slot, as a JSON object. <c>PUT /snapshots/SLOT</c> gives it a new one and answers when it is served or refused,
    /// with a <see cref="FrontAnswer"/>, 200 or 422. <c>GET /names</c> gives a <see cref="NamesReport"/>. <c>GET /visits?after=NUMBER&amp;wait=MILLISECONDS</c> gives a <see cref="VisitsReport"/>,
    /// at once when its number is another, else after the wait, 30 s at most. Callers are known by what the kernel says of them: root and the front's own user.
    /// </remarks>
    public static string SocketOf(string stateFolder) => Path.Combine(FolderOf(stateFolder), "front.sock");
}
