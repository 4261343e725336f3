using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Planes.Names;

/// <summary>What the home's name server answers, and to whom.</summary>
/// <param name="driver">Speaks to the front.</param>
/// <param name="isRoot">Decides the usual port.</param>
public sealed class NamesPlane(NamesDriver driver, bool isRoot) : Plane<NamesDesired, NamesObserved, NamesChange>
{
    public override string Name => "names";

    public override NamesDesired Compile(Blueprint blueprint, DiagnosticBag diagnostics) => NamesCompiler.Compile(blueprint, isRoot, diagnostics);

    public override Task<NamesObserved> ObserveAsync(NamesDesired desired, CancellationToken cancellationToken) => driver.ObserveAsync(cancellationToken);

    public override ValueList<ResourceChange> Diff(NamesDesired desired, NamesObserved observed, DiagnosticBag diagnostics) => NamesDiffer.Diff(desired, observed);

    public override Task ApplyAsync(NamesChange change, IProgress<StepProgress> progress, CancellationToken cancellationToken) => driver.ApplyAsync(change, cancellationToken);

    public override string Fingerprint(NamesObserved observed) => observed.Digest;
}
