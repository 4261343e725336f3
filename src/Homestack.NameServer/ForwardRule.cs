namespace Homestack.NameServer;

/// <summary>A domain whose names are asked of its own servers.</summary>
/// <param name="Domain">It and everything below.</param>
/// <param name="Upstreams">In order of preference, at least one. Their answers may hold private addresses.</param>
public sealed record ForwardRule(DnsName Domain, IReadOnlyList<UpstreamAddress> Upstreams);
