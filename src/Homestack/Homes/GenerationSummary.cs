using Homestack.Collections;

namespace Homestack.Homes;

/// <summary>One generation in a list. Also what <c>generations --json</c> prints: fields are added, never renamed or removed.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Recorded">When its apply ended.</param>
/// <param name="IsNewest">It is the newest one.</param>
/// <param name="IsComplete">Every step ended well.</param>
/// <param name="RollbackTo">The generation it went back to; 0 when it did not.</param>
/// <param name="Changes">What it changed, a few words each, such as <c>+ photos/server</c>.</param>
public sealed record GenerationSummary(int Number, DateTimeOffset Recorded, bool IsNewest, bool IsComplete, int RollbackTo, ValueList<string> Changes);
