using Homestack.Collections;
using Homestack.Fronts;
using Homestack.NameServer;

namespace Homestack.Front.Naming;

/// <summary>Counts the last questions. Pure.</summary>
internal static class NamesReports
{
    private const int MostCounted = 100_000, Top = 10, Shown = 50;

    public static NamesReport Of(NameEngine engine, QueryLogLevel level, IReadOnlyDictionary<string, Blocklist> lists)
    {
        var total = engine.Statistics;
        var questions = level == QueryLogLevel.Off ? [] : engine.RecentQueries(MostCounted);
        return new()
        {
            Questions = total.Queries, Own = total.FromZones, Cached = total.FromCache, Asked = total.Forwarded, Stale = total.Stale, Blocked = total.Blocked,
            Refused = total.Refused, Malformed = total.Malformed, Limited = total.Limited, Failed = total.Failed,
            Lists = lists.ToValueMap(list => list.Key, list => list.Value.Count),
            Log = level.ToString().ToLowerInvariant(),
            Counted = questions.Count,
            TopNames = Most(questions.Select(question => question.Name.ToString())),
            TopBlocked = Most(questions.Where(question => question.Source == AnswerSource.Blocklist).Select(question => question.Name.ToString())),
            TopClients = Most(questions.Where(question => question.Client is not null).Select(question => question.Client?.ToString() ?? "")),
            Newest = questions.Take(Shown).Select(Row).ToValueList(),
        };
    }

    private static ValueList<NamesCount> Most(IEnumerable<string> words) =>
        words.GroupBy(word => word, StringComparer.Ordinal).Select(group => new NamesCount(group.Key, group.Count())).OrderByDescending(count => count.Count).ThenBy(count => count.Name, StringComparer.Ordinal).Take(Top).ToValueList();

    private static NamesQuestion Row(LoggedQuery question) => new(
        question.Time, question.Client?.ToString() ?? "", question.View, question.Name.ToString(), question.Type.ToString().ToUpperInvariant(), Code(question.Code), question.Source.ToString().ToLowerInvariant());

    /// <remarks><para>Source: IANA, DNS RCODEs.</para></remarks>
    private static string Code(ResponseCode code) => code switch
    {
        ResponseCode.NoError => "NOERROR",
        ResponseCode.NameError => "NXDOMAIN",
        ResponseCode.ServerFailure => "SERVFAIL",
        ResponseCode.Refused => "REFUSED",
        ResponseCode.FormatError => "FORMERR",
        ResponseCode.NotImplemented => "NOTIMP",
        _ => code.ToString().ToUpperInvariant(),
    };
}
