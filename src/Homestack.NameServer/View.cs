using System.Net;

namespace Homestack.NameServer;

/// <summary>A place that clients come from.</summary>
/// <param name="Name">What records call it; unique within a snapshot.</param>
/// <param name="Networks">Of all networks of all views, the one with the longest prefix that contains the client decides.</param>
public sealed record View(string Name, IReadOnlyList<IPNetwork> Networks)
{
    /// <summary>Whether its clients may ask for names that are not ours. Default true; a view of the whole internet must say false, or the server is an open resolver.</summary>
    public bool IsRecursive { get; init; } = true;
}
