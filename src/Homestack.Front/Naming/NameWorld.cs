using System.Net;
using Homestack.Fronts;
using Homestack.NameServer;

namespace Homestack.Front.Naming;

/// <summary>What the name server answers from: names and lists come apart, and are served together.</summary>
/// <remarks>Calls come one at a time over all slots.</remarks>
internal sealed class NameWorld(NameEngine engine)
{
    private NamesSnapshot given = new();
    private NameSnapshot names = new();
    private Dictionary<string, Blocklist> lists = new(StringComparer.Ordinal);

    /// <summary>Names in the lists that are in use, by source.</summary>
    public IReadOnlyDictionary<string, Blocklist> Lists => lists;

    /// <summary>What is known of questions.</summary>
    public NamesReport Report() => NamesReports.Of(engine, names.Log, lists);

    /// <summary>Names with the lists that are there.</summary>
    public void Use(NamesSnapshot newGiven, NameSnapshot newNames)
    {
        (given, names) = (newGiven, newNames);
        Serve();
    }

    /// <summary>Other lists, for the names that are served.</summary>
    public void Use(Dictionary<string, Blocklist> newLists)
    {
        lists = newLists;
        Serve();
    }

    private void Serve() => engine.Swap(names with
    {
        Blocklists =
        [
            .. names.Blocklists,
            .. (given.Blocklists ?? []).Where(list => lists.ContainsKey(list.Source)).Select(list => new BlockRule(lists[list.Source], list.Zones, [.. list.Clients.Select(NetworkOf)])),
        ],
    });

    private static IPNetwork NetworkOf(string text) => IPAddress.Parse(text) is var address ? new(address, address.GetAddressBytes().Length * 8) : default;
}
