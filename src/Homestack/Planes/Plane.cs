using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Planes;

/// <summary>The four verbs of a plane with their types. The casts between the typed and the untyped side are in this file only.</summary>
public abstract class Plane<TDesired, TObserved, TChange> : IPlane
    where TDesired : class
    where TObserved : class
    where TChange : Change
{
    public abstract string Name { get; }

    public abstract TDesired Compile(Blueprint blueprint, DiagnosticBag diagnostics);

    public abstract Task<TObserved> ObserveAsync(TDesired desired, CancellationToken cancellationToken);

    public abstract ValueList<ResourceChange> Diff(TDesired desired, TObserved observed, DiagnosticBag diagnostics);

    public abstract Task ApplyAsync(TChange change, IProgress<StepProgress> progress, CancellationToken cancellationToken);

    public abstract string Fingerprint(TObserved observed);

    object IPlane.Compile(Blueprint blueprint, DiagnosticBag diagnostics) => Compile(blueprint, diagnostics);

    async Task<object> IPlane.ObserveAsync(object desired, CancellationToken cancellationToken) =>
        await ObserveAsync((TDesired)desired, cancellationToken).ConfigureAwait(false);

    ValueList<ResourceChange> IPlane.Diff(object desired, object observed, DiagnosticBag diagnostics) => Diff((TDesired)desired, (TObserved)observed, diagnostics);

    Task IPlane.ApplyAsync(Change change, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        ApplyAsync((TChange)change, progress, cancellationToken);

    string IPlane.Fingerprint(object observed) => Fingerprint((TObserved)observed);
}
