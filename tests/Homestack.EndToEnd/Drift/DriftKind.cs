namespace Homestack.EndToEnd.Drift;

/// <summary>Something that hands, or another program, do to what is ours.</summary>
/// <param name="Name">For people.</param>
/// <param name="Make">Does it.</param>
internal sealed record DriftKind(string Name, Func<DriftedService, Task> Make)
{
    /// <summary>Further lines of the service that it happens to.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>How its line in the report begins; empty for the service's name, and after it when it begins with a sign.</summary>
    public string Reported { get; init; } = "";

    /// <summary>The service has two containers.</summary>
    public bool IsScaled { get; init; }
}
