using Homestack.Fronts;

namespace Homestack.Planes.Ingress;

/// <summary>What the front serves.</summary>
/// <param name="Digest">Of the bytes it serves; empty for nothing.</param>
/// <param name="Given">What it was given last. For people: a plan says by it what opens.</param>
public sealed record IngressObserved(string Digest, IngressSnapshot Given);
