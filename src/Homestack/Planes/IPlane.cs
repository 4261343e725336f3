using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Planes;

/// <summary>A subsystem that is brought into line, seen without its types so that the planner can hold several.</summary>
public interface IPlane
{
    /// <summary>Lower case, such as <c>containers</c>; the first part of every <c>ResourceId</c> of this plane.</summary>
    string Name { get; }

    /// <summary>What must be. Pure.</summary>
    object Compile(Blueprint blueprint, DiagnosticBag diagnostics);

    /// <summary>What is. Reads only; a driver that plans is built so that it cannot write.</summary>
    /// <param name="desired">Where to look, never what to see: leftovers must show.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Machine.MachineException">The machine did not answer.</exception>
    Task<object> ObserveAsync(object desired, CancellationToken cancellationToken);

    /// <summary>How to get from one to the other. Pure; the same input gives the same output in the same order.</summary>
    ValueList<ResourceChange> Diff(object desired, object observed, DiagnosticBag diagnostics);

    /// <summary>Carries out one change: one call to the machine.</summary>
    /// <exception cref="Machine.MachineException">It failed; nothing else was tried.</exception>
    Task ApplyAsync(Change change, IProgress<StepProgress> progress, CancellationToken cancellationToken);

    /// <summary>A digest of what was observed, without anything that changes by itself; two equal ones mean that the world did not move.</summary>
    string Fingerprint(object observed);
}
