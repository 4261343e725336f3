namespace Homestack.NameServer;

/// <summary>Counts since the start.</summary>
/// <param name="Queries">Packets that were read as a question or answered with an error.</param>
/// <param name="FromZones">Answered from our zones.</param>
/// <param name="FromCache">Answered from the cache, fresh.</param>
/// <param name="Forwarded">Answered after an upstream was asked.</param>
/// <param name="Stale">Answered from the cache past its time, because no upstream answered soon enough.</param>
/// <param name="Blocked">Answered from the blocklist.</param>
/// <param name="Refused">Clients in no view, and names that nobody may be asked for.</param>
/// <param name="Malformed">FORMERR, NOTIMP or BADVERS.</param>
/// <param name="Limited">Over the rate limit.</param>
/// <param name="Failed">SERVFAIL.</param>
public sealed record NameStatistics(
    long Queries, long FromZones, long FromCache, long Forwarded, long Stale, long Blocked, long Refused, long Malformed, long Limited, long Failed);
