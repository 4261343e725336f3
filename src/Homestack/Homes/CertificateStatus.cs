using System.Globalization;
using System.Text.Json.Serialization;
using Homestack.Collections;
using Homestack.Planes.Certificates;

namespace Homestack.Homes;

/// <summary>A certificate that the home shows, or would like to.</summary>
public sealed record CertificateStatus
{
    /// <summary>DNS names, sorted.</summary>
    public required ValueList<string> Names { get; init; }

    /// <summary>Such as <c>Let's Encrypt</c>, or <c>the home itself</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>When it ends; null: it is not there.</summary>
    public DateTimeOffset? Ends { get; init; }

    /// <summary>Whole days until then; negative when it has ended; null: it is not there.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>Why the issuer gave none at the last try; empty when it did, or was not asked yet.</summary>
    public string Complaint { get; init; } = "";

    /// <summary>0 far from its end; 1, 2 and 3 within 30, 14 and 3 days, though it should have been renewed before.</summary>
    public int Urgency { get; init; }

    /// <summary>It comes from somebody else.</summary>
    public bool IsPublic { get; init; }

    /// <summary>It is missing and was tried for, or it ends within 14 days: somebody should look.</summary>
    [JsonIgnore]
    public bool IsUrgent => Urgency > 1 || (Ends is null && Complaint.Length > 0);

    /// <summary>What the home shows.</summary>
    public static ValueList<CertificateStatus> Of(HomeState state, DateTimeOffset now)
    {
        var folder = Path.Combine(state.Folder, "certificates");
        var store = new PublicStore(state.Disk, Path.Combine(folder, "acme"));
        var others = store.Asked().Select(asked => (Asked: asked, Sight: store.Load(asked), Record: store.RecordOf(asked))).Select(known => new CertificateStatus
        {
            Names = known.Asked.Names,
            Issuer = known.Asked.From.Issuer,
            IsPublic = true,
            Ends = known.Sight?.Until,
            DaysLeft = known.Sight is { } sight ? DaysUntil(sight.Until, now) : null,
            Complaint = known.Record.IsUnderWay ? "" : known.Record.Words,
            Urgency = known.Sight is { } there ? OrderRules.Urgency(there, now) : 0,
        }).ToList();
        var own = new AuthorityStore(state.Disk, folder, TimeProvider.System).Own() is { } home
            ? new[] { new CertificateStatus { Names = home.Names, Issuer = "the home itself", Ends = home.Until, DaysLeft = DaysUntil(home.Until, now) } } : [];
        return [.. others, .. own];
    }

    /// <summary>For people.</summary>
    public override string ToString()
    {
        var names = string.Join(", ", Names);
        return DaysLeft is { } days
            ? string.Create(CultureInfo.InvariantCulture, $"the certificate for {names} from {Issuer} {(days < 0 ? "has ended" : days == 1 ? "ends in 1 day" : $"ends in {days} days")}{(Complaint.Length > 0 ? ": " + Complaint : "")}")
            : $"no certificate for {names} from {Issuer} yet{(Complaint.Length > 0 ? $", the home's own is shown: {Complaint}" : ": it is being asked for")}";
    }

    private static int DaysUntil(DateTimeOffset moment, DateTimeOffset now) => (int)Math.Floor((moment - now).TotalDays);
}
