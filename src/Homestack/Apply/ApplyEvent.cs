using Homestack.Planes;
using Homestack.Plans;

namespace Homestack.Apply;

/// <summary>Something that happened during an apply, for showing. A closed set.</summary>
public abstract record ApplyEvent;

/// <summary>A call of the plan begins.</summary>
public sealed record StepStarted(PlanStep Step) : ApplyEvent;

/// <summary>A long call goes on.</summary>
public sealed record StepMoved(PlanStep Step, StepProgress Progress) : ApplyEvent;

/// <summary>A call of the plan ended, or was skipped.</summary>
public sealed record StepEnded(StepResult Result) : ApplyEvent;

/// <summary>A call of the way back ended.</summary>
public sealed record StepUndone(StepResult Result) : ApplyEvent;
