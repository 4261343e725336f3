using System.Security.Cryptography;
using System.Text.Json;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.Homes;

/// <summary>Keeps a copy of every blocklist of a home: of a file when it changes, of an address each day.</summary>
/// <param name="stateFolder">Absolute.</param>
/// <param name="disk">For the copies.</param>
/// <param name="web">Fetches.</param>
/// <param name="clock">For the days.</param>
/// <param name="random">So that not all homes ask at the same minute.</param>
/// <param name="log">Hears what could not be read; the copy that is there goes on being used.</param>
public sealed class BlocklistBook(string stateFolder, IDisk disk, WebDownload web, TimeProvider clock, Random random, Action<string> log)
{
    private const int IndexLimit = 1 << 20;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Jitter = TimeSpan.FromHours(2), FetchLimit = TimeSpan.FromMinutes(2), FirstRetry = TimeSpan.FromMinutes(5), LongestRetry = TimeSpan.FromHours(6);

    private readonly ListStore store = new(FrontAddress.ListsOf(stateFolder), disk);
    private readonly string indexPath = Path.Combine(FrontAddress.ListsOf(stateFolder), "index.json");
    private Dictionary<string, BlocklistCopy>? copies;

    /// <summary>Looks at every list that the home names, and fetches what is due.</summary>
    /// <returns>Where the copies are.</returns>
    public async Task<BlocklistsSnapshot> LookAsync(Blueprint home, CancellationToken cancellationToken)
    {
        var sources = (home.Names?.Blocklists ?? []).Select(list => list.Source).ToHashSet(StringComparer.Ordinal);
        copies ??= ReadIndex();
        var before = copies.ToDictionary(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            var known = copies.GetValueOrDefault(source, new BlocklistCopy());
            copies[source] = source.StartsWith("https://", StringComparison.Ordinal) ? await FetchAsync(source, known, cancellationToken).ConfigureAwait(false) : Read(source, known);
        }

        foreach (var gone in copies.Keys.Where(source => !sources.Contains(source)).ToArray())
        {
            copies.Remove(gone);
        }

        if (copies.Count != before.Count || copies.Any(copy => !before.TryGetValue(copy.Key, out var old) || old != copy.Value))
        {
            disk.MakeFolders(FrontAddress.ListsOf(stateFolder));
            disk.WriteDurably(indexPath, JsonSerializer.SerializeToUtf8Bytes(copies, BlocklistJson.Default.DictionaryStringBlocklistCopy));
        }

        return new(copies.Where(copy => copy.Value.Digest.Length > 0).ToValueMap(copy => copy.Key, copy => new BlocklistFile(store.PathOf(copy.Value.Digest), copy.Value.Digest)));
    }

    /// <summary>Lets go of copies that are not in use any more. Called when the front has the others.</summary>
    public void Forget() => store.Forget((copies ?? []).Values.Select(copy => copy.Digest).ToHashSet(StringComparer.Ordinal));

    private BlocklistCopy Read(string path, BlocklistCopy known)
    {
        var stamp = ListStore.StampOf(path);
        if (stamp == known.Stamp && stamp.Length > 0)
        {
            return known;
        }

        try
        {
            if (stamp.Length == 0)
            {
                throw new MachineException($"read {path}", "There is no such file.", "", MachineFailure.NotFound);
            }

            return known with { Digest = Keep(disk.Read(path, BlocklistsSnapshot.MostBytes)), Stamp = stamp, Problem = "" };
        }
        catch (MachineException failure)
        {
            return Sick(path, known, failure) with { Stamp = "" };
        }
    }

    private async Task<BlocklistCopy> FetchAsync(string source, BlocklistCopy known, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < known.Next)
        {
            return known;
        }

        try
        {
            var last = known.Digest.Length > 0 && disk.Look(store.PathOf(known.Digest)) == DiskEntry.File ? new WebVersion(known.Tag, known.Modified) : new();
            var file = await web.FetchAsync(new Uri(source), last, BlocklistsSnapshot.MostBytes, FetchLimit, cancellationToken).ConfigureAwait(false);
            return known with
            {
                Digest = file.Content is { } content ? Keep(content) : known.Digest,
                Tag = file.Version.Tag,
                Modified = file.Version.Modified,
                Next = now + Day - (Jitter * random.NextDouble()),
                Failures = 0,
                Problem = "",
            };
        }
        catch (MachineException failure)
        {
            var pause = FirstRetry * Math.Pow(2, Math.Min(known.Failures, 10));
            return Sick(source, known, failure) with { Failures = known.Failures + 1, Next = now + (pause < LongestRetry ? pause : LongestRetry) };
        }
    }

    private BlocklistCopy Sick(string source, BlocklistCopy known, MachineException failure)
    {
        if (known.Problem != failure.Words)
        {
            log($"blocklist {source}: {failure.Words}{(known.Digest.Length > 0 ? " The copy that is there goes on being used." : " It blocks nothing yet.")}");
        }

        return known with { Problem = failure.Words };
    }

    private string Keep(byte[] content)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        store.Keep(digest, content);
        return digest;
    }

    private Dictionary<string, BlocklistCopy> ReadIndex()
    {
        try
        {
            return disk.Look(indexPath) == DiskEntry.File ? JsonSerializer.Deserialize(disk.Read(indexPath, IndexLimit), BlocklistJson.Default.DictionaryStringBlocklistCopy) ?? [] : [];
        }
        catch (Exception exception) when (exception is JsonException or MachineException)
        {
            // Only what is known of copies: all of them are fetched again.
            return [];
        }
    }
}
