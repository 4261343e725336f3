using System.Net;

namespace Homestack.NameServer;

/// <summary>One answered question.</summary>
/// <param name="Client">Null when the log keeps no clients.</param>
/// <param name="View">The name of the client's view; empty for none.</param>
public sealed record LoggedQuery(DateTimeOffset Time, IPAddress? Client, string View, DnsName Name, RecordType Type, ResponseCode Code, AnswerSource Source);

/// <summary>Where an answer came from.</summary>
public enum AnswerSource : byte
{
    None,
    Zone,
    Cache,
    Upstream,
    Stale,
    Blocklist,
    Refused,
}
