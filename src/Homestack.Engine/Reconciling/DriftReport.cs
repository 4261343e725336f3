using Homestack.Collections;

namespace Homestack.Engine.Reconciling;

/// <summary>What the watch knows now.</summary>
/// <param name="Number">Counts up with every report, from 1.</param>
/// <param name="At">When it was seen.</param>
/// <param name="Drift">How the world differs from the newest generation, a sentence each; empty when it does not.</param>
/// <param name="Problem">What keeps the watch from seeing or repairing; empty when nothing does.</param>
internal sealed record DriftReport(long Number, DateTimeOffset At, ValueList<string> Drift, string Problem);
