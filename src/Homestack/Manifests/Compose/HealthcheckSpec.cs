using Homestack.Collections;

namespace Homestack.Manifests.Compose;

/// <summary>How the engine finds out whether a container is well, as written. Null: as in the image.</summary>
public sealed record HealthcheckSpec
{
    public bool IsDisabled { get; init; }

    /// <summary><c>CMD</c> or <c>CMD-SHELL</c> first; null: the image's own test.</summary>
    public ValueList<string>? Test { get; init; }

    public TimeSpan? Interval { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? StartPeriod { get; init; }

    public TimeSpan? StartInterval { get; init; }

    public int? Retries { get; init; }
}
