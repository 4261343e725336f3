using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Engine.Sleeping;

/// <summary>How patient the keeper of sleeping services is.</summary>
internal sealed record SleepTimes
{
    /// <summary>For trials: how long every service that sleeps runs without a visitor, whatever the manifest says.</summary>
    public const string TrialVariable = "HOMESTACK_TRIAL_SLEEP";

    /// <summary>Longest question to the front.</summary>
    public TimeSpan Question { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Shortest: a service that is about to sleep is not asked about in a circle.</summary>
    public TimeSpan Shortest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After a stop for which it was not the moment, and while the front does not know a service yet.</summary>
    public TimeSpan Again { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for a look at the world to end; what takes longer is somebody's apply, and the stop has time.</summary>
    public TimeSpan Moment { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After something failed, or while no front is there.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long somebody who wishes for a service waits for what is being carried out: as long as a visitor does.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Null: as the manifest says.</summary>
    public TimeSpan? After { get; init; }

    public static SleepTimes Of(ValueMap<string> environment) =>
        environment.TryGetValue(TrialVariable, out var words) && Duration.TryParse(words, out var after) && after > TimeSpan.Zero ? new() { After = after } : new();
}
