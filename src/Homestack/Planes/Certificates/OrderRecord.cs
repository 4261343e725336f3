using System.Text.Json.Serialization;

namespace Homestack.Planes.Certificates;

/// <summary>What is remembered of the tries to get one certificate. Written before an issuer is asked, so that a crash does not forget that it was.</summary>
public sealed record OrderRecord
{
    /// <summary>When the issuer was asked last; null: never. An issuer that could not be reached was not asked.</summary>
    public Moment? Ordered { get; init; }

    /// <summary>When it was tried last, reached or not.</summary>
    public Moment? Tried { get; init; }

    /// <summary>How often in a row it came to nothing in the same way: the issuer could not be reached, or gave nothing.</summary>
    public int Failures { get; init; }

    /// <summary>The last try reached the issuer.</summary>
    [JsonIgnore]
    public bool WasOrder => Ordered is not null && Ordered == Tried;

    /// <summary>After one more try that came to nothing.</summary>
    public OrderRecord After(Moment began, bool isOrder, string words) => this with
    {
        Ordered = isOrder ? began : Ordered,
        Tried = began,
        IsUnderWay = false,
        Failures = Failures > 0 && WasOrder == isOrder ? Failures + 1 : 1,
        Words = words,
    };

    /// <summary>The last try has not ended, or we ended before it.</summary>
    public bool IsUnderWay { get; init; }

    /// <summary>Why the last try came to nothing; empty when it did not. Holds no secret.</summary>
    public string Words { get; init; } = "";

    /// <summary>How urgently people were warned of its end: 0 not at all, 3 most.</summary>
    public int Warned { get; init; }
}
