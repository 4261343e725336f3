using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Homes;

/// <summary>What the engine found when it loaded and planned a folder.</summary>
/// <param name="Loading">What there is to say of the files. Of each file only the lines that are shown come with it.</param>
/// <param name="LeftOut">How many more there were.</param>
/// <param name="Planning">What there is to say of the plan.</param>
/// <param name="Plan">Null when there are errors.</param>
public sealed record FolderPlan(ValueList<Diagnostic> Loading, int LeftOut, ValueList<Diagnostic> Planning, PlanSummary? Plan);
