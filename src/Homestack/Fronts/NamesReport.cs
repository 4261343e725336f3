using Homestack.Collections;

namespace Homestack.Fronts;

/// <summary>What the name server did since it started, and the last questions as far as they are kept.</summary>
public sealed record NamesReport
{
    /// <summary>Questions in all.</summary>
    public long Questions { get; init; }

    /// <summary>Answered from the home's own zones.</summary>
    public long Own { get; init; }

    /// <summary>Answered from the cache, fresh.</summary>
    public long Cached { get; init; }

    /// <summary>Answered by an upstream.</summary>
    public long Asked { get; init; }

    /// <summary>Answered past their time, because no upstream answered.</summary>
    public long Stale { get; init; }

    public long Blocked { get; init; }

    public long Refused { get; init; }

    public long Malformed { get; init; }

    /// <summary>Over the rate limit.</summary>
    public long Limited { get; init; }

    /// <summary>No upstream answered.</summary>
    public long Failed { get; init; }

    /// <summary>Names in each blocklist that is in use, by source.</summary>
    public ValueMap<int> Lists { get; init; } = ValueMap<int>.Empty;

    /// <summary><c>off</c>, <c>anonymous</c> or <c>full</c>.</summary>
    public string Log { get; init; } = "";

    /// <summary>Of the last questions, how many the counts below are made of.</summary>
    public int Counted { get; init; }

    /// <summary>Names asked for most, most first.</summary>
    public ValueList<NamesCount> TopNames { get; init; } = [];

    /// <summary>Names blocked most.</summary>
    public ValueList<NamesCount> TopBlocked { get; init; } = [];

    /// <summary>Who asked most; empty unless the log is <c>full</c>.</summary>
    public ValueList<NamesCount> TopClients { get; init; } = [];

    /// <summary>The newest questions, newest first.</summary>
    public ValueList<NamesQuestion> Newest { get; init; } = [];
}

/// <summary>How often something stands in the log.</summary>
public sealed record NamesCount(string Name, int Count);

/// <summary>One question.</summary>
/// <param name="Time">When it was answered.</param>
/// <param name="Client">Empty unless the log is <c>full</c>.</param>
/// <param name="Zone">Of the client; empty for none.</param>
/// <param name="Name">Absolute, without a dot at the end.</param>
/// <param name="Type">Such as <c>AAAA</c>.</param>
/// <param name="Answer">Such as <c>NOERROR</c>, <c>NXDOMAIN</c>.</param>
/// <param name="From">Such as <c>cache</c>, <c>blocklist</c>.</param>
public sealed record NamesQuestion(DateTimeOffset Time, string Client, string Zone, string Name, string Type, string Answer, string From);
