using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Planes.Ingress;

/// <summary>Who answers at which name, and from where.</summary>
/// <param name="driver">Speaks to the front.</param>
/// <param name="isRoot">Decides the usual ports.</param>
public sealed class IngressPlane(IngressDriver driver, bool isRoot) : Plane<IngressDesired, IngressObserved, IngressChange>
{
    public override string Name => "ingress";

    public override IngressDesired Compile(Blueprint blueprint, DiagnosticBag diagnostics) => IngressCompiler.Compile(blueprint, isRoot, diagnostics);

    public override Task<IngressObserved> ObserveAsync(IngressDesired desired, CancellationToken cancellationToken) => driver.ObserveAsync(cancellationToken);

    public override ValueList<ResourceChange> Diff(IngressDesired desired, IngressObserved observed, DiagnosticBag diagnostics) => IngressDiffer.Diff(desired, observed);

    public override Task ApplyAsync(IngressChange change, IProgress<StepProgress> progress, CancellationToken cancellationToken) => driver.ApplyAsync(change, cancellationToken);

    public override string Fingerprint(IngressObserved observed) => observed.Digest;
}
