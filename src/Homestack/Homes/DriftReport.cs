using Homestack.Collections;

namespace Homestack.Homes;

/// <summary>What the engine's watch knows now. Also a line of its stream of events.</summary>
/// <param name="Number">Counts up with every report, from 1.</param>
/// <param name="At">When it was seen.</param>
/// <param name="Drift">How the world differs from the newest generation, a sentence each; empty when it does not.</param>
/// <param name="Problem">What keeps the watch from seeing or repairing; empty when nothing does.</param>
public sealed record DriftReport(long Number, DateTimeOffset At, ValueList<string> Drift, string Problem);
