using Homestack.Fronts;

namespace Homestack.Planes.Ingress;

/// <summary>What the front must serve.</summary>
/// <param name="Snapshot">Without listeners when nothing is exposed.</param>
public sealed record IngressDesired(IngressSnapshot Snapshot);
