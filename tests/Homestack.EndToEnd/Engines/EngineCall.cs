namespace Homestack.EndToEnd.Engines;

/// <summary>One request that passed a <see cref="WatchedSocket"/>.</summary>
/// <param name="Number">From 1, counted over writes only; 0 for a read.</param>
/// <param name="Peer">The process that sent it.</param>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With the query.</param>
internal sealed record EngineCall(int Number, int Peer, string Method, string Path)
{
    public bool IsWrite => Method is not ("GET" or "HEAD");

    public override string ToString() => $"{Method} {Path}";
}
