namespace Homestack.Engine.Reconciling;

/// <summary>How patient the watch is.</summary>
internal sealed record WatchTimes
{
    /// <summary>After something happened, how long to wait for more of it.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Before drift that is new is believed.</summary>
    public TimeSpan SecondLook { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often to look although nothing was heard: not every change makes an event.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>First pause after a failure; each further one doubles it.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest pause between repairs that do not help.</summary>
    public TimeSpan LongestRepairPause { get; init; } = TimeSpan.FromMinutes(10);
}
