using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Plans;

namespace Homestack;

/// <summary>A plan, or why there is none.</summary>
/// <param name="Plan">Null when there are errors.</param>
/// <param name="Diagnostics">Everything there is to say.</param>
public sealed record PlanOutcome(Plan? Plan, ValueList<Diagnostic> Diagnostics);
