namespace Homestack.NameServer.Upstreams;

/// <summary>One way to ask one server.</summary>
internal interface IUpstreamTransport : IDisposable
{
    /// <param name="budget">Asked before whatever goes beyond the first packet.</param>
    /// <param name="isLast">Nothing is left in the budget.</param>
    /// <returns>A message that repeats the question; null when none came that does.</returns>
    /// <exception cref="IOException">Among others: the caller counts any failure of the network the same.</exception>
    Task<byte[]?> ExchangeAsync(byte[] name, RecordType type, bool wantsDnssec, QuestionBudget budget, bool isLast, CancellationToken cancellationToken);
}
