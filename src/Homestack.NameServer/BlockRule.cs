using System.Net;

namespace Homestack.NameServer;

/// <summary>A list, and whom it is for.</summary>
/// <param name="Views">Names of the views whose clients it is for.</param>
/// <param name="Clients">Addresses it is for, whatever their view. With no view and no address it is for everybody.</param>
/// <remarks>What any list allows that is for a client is not blocked for it by the others.</remarks>
public sealed record BlockRule(Blocklist List, IReadOnlyList<string> Views, IReadOnlyList<IPNetwork> Clients);
