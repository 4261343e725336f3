using Homestack.Fronts;

namespace Homestack.Planes.Certificates;

/// <summary>The effects of this plane: files with keys, and what the front shows.</summary>
/// <param name="store">The files.</param>
/// <param name="front">The front.</param>
/// <param name="mayWrite">False where a plan is made.</param>
public sealed class CertificatesDriver(AuthorityStore store, FrontClient front, bool mayWrite)
{
    public Task<CertificatesObserved> ObserveAsync(CancellationToken cancellationToken) => Task.FromResult(store.Look(front.Served(CertificatesSnapshot.Slot, cancellationToken)));

    public Task ApplyAsync(CertificatesChange change, CancellationToken cancellationToken)
    {
        if (!mayWrite)
        {
            throw new InvalidOperationException("This plane was made for planning.");
        }

        switch (change)
        {
            case MakeAuthority make:
                store.MakeAuthority(make.Home, make.Domain);
                break;
            case IssueCertificate issue:
                store.Issue(issue.Names);
                break;
            case ServeCertificates when store.Snapshot() is { } snapshot:
                front.Give(CertificatesSnapshot.Slot, Snapshots.Write(snapshot), cancellationToken);
                break;
        }

        return Task.CompletedTask;
    }
}
