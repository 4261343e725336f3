using Homestack.Fronts;

namespace Homestack.Planes.Names;

/// <summary>What the name server must answer from.</summary>
/// <param name="Snapshot">Without listeners when it is not to run.</param>
public sealed record NamesDesired(NamesSnapshot Snapshot);
