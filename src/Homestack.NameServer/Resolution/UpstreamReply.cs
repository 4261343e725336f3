namespace Homestack.NameServer.Resolution;

/// <summary>What is kept of an upstream's message: the records that belong to the question.</summary>
/// <param name="Answers">The chain of aliases from the name asked for, in order, then the records at its end.</param>
/// <param name="Authorities">The SOA of a negative answer, and its proofs when the client wants DNSSEC.</param>
/// <param name="TtlSeconds">How long it may be kept.</param>
internal sealed record UpstreamReply(ResponseCode Code, bool IsAuthentic, IReadOnlyList<ResourceRecord> Answers, IReadOnlyList<ResourceRecord> Authorities, uint TtlSeconds);
