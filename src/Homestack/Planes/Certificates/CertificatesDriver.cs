using Homestack.Fronts;

namespace Homestack.Planes.Certificates;

/// <summary>The effects of this plane: files with keys, and what the front shows.</summary>
/// <param name="store">The files.</param>
/// <param name="others">What comes from public issuers.</param>
/// <param name="front">The front.</param>
/// <param name="mayWrite">False where a plan is made.</param>
public sealed class CertificatesDriver(AuthorityStore store, PublicStore others, FrontClient front, bool mayWrite)
{
    public Task<CertificatesObserved> ObserveAsync(CancellationToken cancellationToken) =>
        Task.FromResult(store.Look(front.Served(CertificatesSnapshot.Slot, cancellationToken), others.Served()) with { Asked = others.Asked() });

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
            case AskCertificate ask:
                others.Ask(ask.Certificate);
                break;
            case ForgetCertificate forget:
                others.Forget(forget.Name);
                break;
            case ServeCertificates when store.Snapshot(others.Served()) is { } snapshot:
                front.Give(CertificatesSnapshot.Slot, Snapshots.Write(snapshot), cancellationToken);
                break;
        }

        return Task.CompletedTask;
    }
}
