using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Planes.Certificates;

/// <summary>What the home shows visitors so that they know it is the home.</summary>
public sealed class CertificatesPlane(CertificatesDriver driver) : Plane<CertificatesDesired, CertificatesObserved, CertificatesChange>
{
    public override string Name => "certificates";

    public override CertificatesDesired Compile(Blueprint blueprint, DiagnosticBag diagnostics) => CertificatesCompiler.Compile(blueprint);

    public override Task<CertificatesObserved> ObserveAsync(CertificatesDesired desired, CancellationToken cancellationToken) => driver.ObserveAsync(cancellationToken);

    public override ValueList<ResourceChange> Diff(CertificatesDesired desired, CertificatesObserved observed, DiagnosticBag diagnostics) => CertificatesDiffer.Diff(desired, observed);

    public override Task ApplyAsync(CertificatesChange change, IProgress<StepProgress> progress, CancellationToken cancellationToken) => driver.ApplyAsync(change, cancellationToken);

    /// <remarks>The days that are left change by themselves and are left out.</remarks>
    public override string Fingerprint(CertificatesObserved observed) => $"{observed.AuthorityDomain} {string.Join(',', observed.Names)} {observed.IsServed} {string.Join(',', observed.Asked.Select(asked => $"{asked.Key} {asked.From}"))}";
}
