using System.Globalization;
using Homestack.Collections;

namespace Homestack.Planes.Certificates;

/// <summary>Compares what must be shown with what is there. Pure.</summary>
public static class CertificatesDiffer
{
    /// <summary>So long before its end a certificate is made anew.</summary>
    public const int RenewDays = 30;

    public static ValueList<ResourceChange> Diff(CertificatesDesired desired, CertificatesObserved observed) => [.. Own(desired, observed), .. Public(desired, observed)];

    /// <summary>The home's own root and certificate, and what the front shows.</summary>
    public static ValueList<ResourceChange> Own(CertificatesDesired desired, CertificatesObserved observed)
    {
        if (desired.Names.Count == 0)
        {
            return [];
        }

        var needsRoot = observed.AuthorityDomain != desired.Domain;
        var needsCertificate = needsRoot || observed.Names != desired.Names || observed.DaysLeft < RenewDays;
        if (!needsCertificate && observed.IsServed)
        {
            return [];
        }

        var steps = new List<Change>();
        if (needsRoot)
        {
            steps.Add(new MakeAuthority(desired.Home, desired.Domain));
        }

        if (needsCertificate)
        {
            steps.Add(new IssueCertificate(desired.Names));
        }

        steps.Add(new ServeCertificates());
        return
        [
            new()
            {
                Resource = new("certificates", "certificate", desired.Names[0]),
                Action = observed.Names.Count == 0 ? ChangeAction.Create : ChangeAction.Update,
                Cause = Cause(desired, observed, needsRoot),
                Steps = steps.ToValueList(),
                Impact = new()
                {
                    Lines = !needsRoot ? []
                        : [new("root", observed.AuthorityDomain.Length == 0 ? $"install it once on phones and laptops: https://ca.{desired.Domain}" : $"a new one, for {desired.Domain}: install it again on phones and laptops")],
                },
            },
        ];
    }

    private static IEnumerable<ResourceChange> Public(CertificatesDesired desired, CertificatesObserved observed)
    {
        foreach (var wanted in desired.Public.Where(wanted => !observed.Asked.Contains(wanted)))
        {
            var before = observed.Asked.FirstOrDefault(asked => asked.Name == wanted.Name);
            yield return new()
            {
                Resource = new("certificates", "public certificate", wanted.Name),
                Action = before is null ? ChangeAction.Create : ChangeAction.Update,
                Cause = before is null ? $"get it from {wanted.From}" : before.From.ToString() == wanted.From.ToString() ? "other settings" : $"{before.From} → {wanted.From}",
                Steps = [new AskCertificate(wanted), new ServeCertificates()],
                Impact = new() { Lines = [new("meanwhile", before is null ? "the home's own certificate is shown; the engine asks, and says in homestack status how it goes" : "what is there is shown until the new one is proven")] },
            };
        }

        foreach (var asked in observed.Asked.Where(asked => desired.Public.All(wanted => wanted.Name != asked.Name)))
        {
            yield return new()
            {
                Resource = new("certificates", "public certificate", asked.Name),
                Action = ChangeAction.Delete,
                Cause = "no longer wanted",
                Steps = desired.Names.Count == 0 ? [new ForgetCertificate(asked.Name)] : [new ForgetCertificate(asked.Name), new ServeCertificates()],
                Impact = new() { Lines = desired.Names.Count == 0 ? [] : [new("instead", desired.Public.Count == 0 ? "the home's own certificate" : desired.Public[0].From.ToString())] },
            };
        }
    }

    private static string Cause(CertificatesDesired desired, CertificatesObserved observed, bool needsRoot) =>
        observed.Names.Count == 0 ? "the home's own certificate"
        : needsRoot ? $"the domain is {desired.Domain}, the root is for {observed.AuthorityDomain}"
        : observed.Names != desired.Names ? "other names are needed"
        : observed.DaysLeft < RenewDays ? string.Create(CultureInfo.InvariantCulture, $"it ends in {observed.DaysLeft} days")
        : "the front serves another one";
}
