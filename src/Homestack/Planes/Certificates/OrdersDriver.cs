using System.Globalization;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Planes.Certificates;

/// <summary>Asks public issuers for what is wanted and not there, and for what ends; one at a time, never more often than <see cref="OrderRules"/> allow.</summary>
/// <param name="store">What is there and what was tried.</param>
/// <param name="lego">Asks.</param>
/// <param name="roots">Reads a file of roots; throws <see cref="MachineException"/>.</param>
/// <param name="now">The moment.</param>
public sealed class OrdersDriver(PublicStore store, LegoClient lego, Func<string, string> roots, Func<Moment> now)
{
    /// <summary>Between two looks at least and at most.</summary>
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1), Latest = TimeSpan.FromHours(1);

    /// <summary>Looks at each, and asks for one that is due, so that it is shown before the next one is asked for.</summary>
    public async Task<RenewalOutcome> LookAsync(ValueList<PublicCertificate> wanted, CancellationToken cancellationToken)
    {
        using var held = wanted.Count == 0 ? null : store.TryLock();
        if (held is null)
        {
            return new([], IsNew: false, Latest);
        }

        var said = new List<string>();
        var (isNew, hasAsked) = (false, false);
        var next = Latest;
        var records = store.Records();
        foreach (var certificate in wanted)
        {
            var (sight, record) = (store.Load(certificate), records.GetValueOrDefault(certificate.Key) ?? new());
            if (!hasAsked && (OrderRules.WaitFor(certificate, sight, record, now()) == TimeSpan.Zero || IsLeft(certificate, record)))
            {
                var (isThere, words) = await GetAsync(certificate, cancellationToken).ConfigureAwait(false);
                isNew |= isThere;
                said.Add(words);
                hasAsked = true;
                (sight, record) = (store.Load(certificate), store.RecordOf(certificate));
            }

            if (Warn(certificate, sight, record) is { Length: > 0 } warning)
            {
                said.Add(warning);
            }

            var wait = OrderRules.WaitFor(certificate, sight, record, now());
            next = wait < next ? wait : next;
        }

        return new(said.ToValueList(), isNew, next < Soonest ? Soonest : next);
    }

    /// <summary>An order was begun, and we ended before it: what the issuer gave may lie there.</summary>
    private bool IsLeft(PublicCertificate certificate, OrderRecord record) => record.IsUnderWay && lego.LeftBehind(certificate).Length > 0;

    private async Task<(bool IsThere, string Words)> GetAsync(PublicCertificate certificate, CancellationToken cancellationToken)
    {
        var record = store.RecordOf(certificate);
        var names = string.Join(", ", certificate.Names);
        if (record.IsUnderWay && Take(certificate) is { Length: 0 })
        {
            return (true, $"took the certificate for {names} that {certificate.From.Issuer} had given");
        }

        if (OrderRules.WaitFor(certificate, store.Load(certificate), record, now()) > TimeSpan.Zero)
        {
            // What was left behind is of no use, and it is too early to ask again.
            store.Remember(certificate, record with { IsUnderWay = false });
            lego.Clear(certificate);
            return (false, $"what {certificate.From.Issuer} had given for {names} cannot be used");
        }

        // Written first: an order that we do not live to see the end of counts.
        var began = now();
        store.Remember(certificate, record.After(began, isOrder: true, "It was begun and did not end.") with { IsUnderWay = true });
        var (isOrder, why) = await lego.RunAsync(certificate, store.Request(certificate), cancellationToken).ConfigureAwait(false);
        if (why.Length == 0 && (why = Take(certificate)).Length == 0)
        {
            return (true, $"got a certificate for {names} from {certificate.From}");
        }

        lego.Clear(certificate);
        var failed = record.After(began, isOrder, why);
        store.Remember(certificate, failed);
        var pause = OrderRules.WaitFor(certificate, store.Load(certificate), failed, now());
        return (false, $"no certificate for {names} from {certificate.From}: {why.TrimEnd('.')}. {(store.Load(certificate) is null ? "The home's own is shown" : "The one before is shown")}; tried again in {Words(pause)}.");
    }

    /// <summary>Keeps what the issuer gave once it is proven; words when it is not.</summary>
    private string Take(PublicCertificate certificate)
    {
        var chain = lego.LeftBehind(certificate);
        if (chain.Length == 0)
        {
            return "The issuer's client left nothing behind.";
        }

        string trusted;
        try
        {
            trusted = certificate.From.Roots.Length > 0 ? roots(certificate.From.Roots) : "";
        }
        catch (MachineException failure)
        {
            return $"The roots of the issuer cannot be read: {failure.Words}";
        }

        var (sight, why) = CertificateProof.Of(chain, store.NextKey(certificate), certificate, trusted, now().Utc);
        if (sight is null)
        {
            return "What the issuer gave is not shown to anybody: " + why;
        }

        store.Keep(certificate, sight);
        store.Remember(certificate, store.RecordOf(certificate) with { IsUnderWay = false, Failures = 0, Words = "", Warned = 0 });
        lego.Clear(certificate);
        return "";
    }

    /// <summary>Said once at 30, 14 and 3 days before the end.</summary>
    private string Warn(PublicCertificate certificate, PublicSight? sight, OrderRecord record)
    {
        if (sight is null || OrderRules.Urgency(sight, now().Utc) is var urgency && urgency <= record.Warned)
        {
            return "";
        }

        store.Remember(certificate, record with { Warned = urgency });
        return $"warning: the certificate for {string.Join(", ", certificate.Names)} ends in {Words(sight.Until - now().Utc)}{(record.Words.Length > 0 ? ": " + record.Words : ".")}";
    }

    private static string Words(TimeSpan time)
    {
        var (count, unit) = time.TotalDays >= 2 ? (time.TotalDays, "days") : time.TotalHours >= 2 ? (time.TotalHours, "hours") : time.TotalMinutes >= 2 ? (time.TotalMinutes, "minutes") : (Math.Max(time.TotalSeconds, 0), "seconds");
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count):0} {unit}");
    }
}

/// <summary>What a look at the certificates came to.</summary>
/// <param name="Said">A sentence each.</param>
/// <param name="IsNew">There is something that the front does not show yet.</param>
/// <param name="Next">When to look again.</param>
public sealed record RenewalOutcome(ValueList<string> Said, bool IsNew, TimeSpan Next);
