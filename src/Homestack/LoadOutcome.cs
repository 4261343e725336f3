using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack;

/// <summary>A blueprint, or why there is none.</summary>
/// <param name="Blueprint">Null when there are errors.</param>
/// <param name="Options">For the plan: the folder and the files that were read.</param>
/// <param name="Diagnostics">Everything there is to say.</param>
public sealed record LoadOutcome(Blueprint? Blueprint, PlanOptions Options, ValueList<Diagnostic> Diagnostics);
