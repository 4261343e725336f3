using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Compose;

/// <summary>Where a container's output goes. A null driver is the engine's default.</summary>
public sealed record LoggingSpec(string? Driver, ValueMap<Located<string>> Options);
