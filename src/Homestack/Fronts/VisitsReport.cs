using Homestack.Collections;

namespace Homestack.Fronts;

/// <summary>Who visits the services that sleep, as the front sees it. Times are spans of its own, monotonic clock.</summary>
public sealed record VisitsReport
{
    /// <summary>Another one each time that somebody begins to wait for a service; to be given back in the next question.</summary>
    public long Number { get; init; }

    /// <summary>Sorted by service.</summary>
    public ValueList<ServiceVisits> Services { get; init; } = [];
}

/// <summary>The visits of one service.</summary>
public sealed record ServiceVisits
{
    /// <summary><c>stack/name</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Requests, sockets and flows that are open now, held ones too.</summary>
    public int Open { get; init; }

    /// <summary>Milliseconds since the last visit ended; while there was none, since the front began to count.</summary>
    public long Idle { get; init; }

    /// <summary>Somebody came, and no container is known.</summary>
    public bool IsWanted { get; init; }
}
