using Homestack.Fronts;

namespace Homestack.Planes.Names;

/// <summary>What the name server answers from.</summary>
/// <param name="Digest">Of the bytes it serves; empty for nothing.</param>
/// <param name="Given">What it was given last. For people.</param>
public sealed record NamesObserved(string Digest, NamesSnapshot Given);
