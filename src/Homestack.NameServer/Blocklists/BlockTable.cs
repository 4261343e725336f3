using Homestack.NameServer.Clients;

namespace Homestack.NameServer.Blocklists;

/// <summary>The lists of a snapshot by view, ready to be asked.</summary>
internal sealed class BlockTable
{
    private readonly (Blocklist List, bool IsForView, ViewTable? Clients)[][] rules;

    /// <exception cref="ArgumentException">A list is for a view that does not exist.</exception>
    public BlockTable(IReadOnlyList<BlockRule> given, IReadOnlyList<View> views)
    {
        if (given.SelectMany(rule => rule.Views).FirstOrDefault(name => !views.Any(view => view.Name == name)) is { } lost)
        {
            throw new ArgumentException($"A blocklist is for the view {lost}, which does not exist.", nameof(given));
        }

        rules = [.. views.Select(view => given.Where(rule => rule.List.Count > 0 || rule.List.HasAllowed).Select(rule => (
            rule.List,
            rule.Views.Contains(view.Name) || (rule.Views.Count == 0 && rule.Clients.Count == 0),
            rule.Clients.Count == 0 ? null : new ViewTable([new View("", rule.Clients)]))).Where(rule => rule.Item2 || rule.Item3 is not null).ToArray())];
    }

    /// <param name="name">On the wire, lower case.</param>
    public bool IsBlocked(int view, in ClientAddress client, ReadOnlySpan<byte> name)
    {
        var isBlocked = false;
        foreach (var (list, isForView, clients) in rules[view])
        {
            if (isForView || clients?.Find(client) >= 0)
            {
                var verdict = list.Judge(name);
                if (verdict == BlockVerdict.Allowed)
                {
                    return false;
                }

                isBlocked |= verdict == BlockVerdict.Blocked;
            }
        }

        return isBlocked;
    }
}
