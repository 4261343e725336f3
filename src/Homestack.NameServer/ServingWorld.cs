using Homestack.NameServer.Blocklists;
using Homestack.NameServer.Clients;
using Homestack.NameServer.Resolution;
using Homestack.NameServer.Zones;

namespace Homestack.NameServer;

/// <summary>A snapshot made ready to answer from.</summary>
internal sealed record ServingWorld(NameSnapshot Snapshot, ViewTable Views, IReadOnlyList<ZoneAnswerer> Zones, BlockTable Blocklists, Resolver Resolver)
{
    /// <param name="kept">The resolver of the world before, when its upstreams are the same: its cache stays warm.</param>
    /// <exception cref="ArgumentException">The snapshot contradicts itself.</exception>
    public static ServingWorld Compile(NameSnapshot snapshot, NameEngineOptions options, ServingWorld? kept)
    {
        var names = snapshot.Views.Select(view => view.Name).ToHashSet();
        if (names.Count != snapshot.Views.Count)
        {
            throw new ArgumentException("Two views have the same name.", nameof(snapshot));
        }

        if (snapshot.Zones.SelectMany(zone => zone.Records).FirstOrDefault(record => record.Views.Any(view => !names.Contains(view))) is { } lost)
        {
            throw new ArgumentException($"{lost.Name} is for a view that does not exist.", nameof(snapshot));
        }

        if (snapshot.Forwards.FirstOrDefault(rule => rule.Upstreams.Count == 0) is { } empty)
        {
            throw new ArgumentException($"The rule for {empty.Domain} has no upstream.", nameof(snapshot));
        }

        var forwarded = snapshot.Forwards.Select(rule => rule.Domain).ToList();
        var zones = snapshot.Views.Select(view => new ZoneAnswerer(ZoneCompiler.Compile(snapshot.Zones, forwarded, view.Name))).ToList();
        var resolver = kept is not null && HasSameUpstreams(kept.Snapshot, snapshot) ? kept.Resolver : new Resolver(snapshot.Upstreams, snapshot.Forwards, options);
        return new ServingWorld(snapshot, new ViewTable(snapshot.Views), zones, new BlockTable(snapshot.Blocklists, snapshot.Views), resolver);
    }

    private static bool HasSameUpstreams(NameSnapshot before, NameSnapshot after) =>
        before.Upstreams.SequenceEqual(after.Upstreams)
        && before.Forwards.Count == after.Forwards.Count
        && before.Forwards.Zip(after.Forwards).All(pair => pair.First.Domain.Equals(pair.Second.Domain) && pair.First.Upstreams.SequenceEqual(pair.Second.Upstreams));
}
