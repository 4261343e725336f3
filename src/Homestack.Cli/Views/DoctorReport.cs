using System.Text.Json.Serialization;
using Homestack.Collections;

namespace Homestack.Cli.Views;

/// <summary>What <c>doctor --json</c> prints. Stable: fields are added, never renamed or removed.</summary>
internal sealed record DoctorReport(bool IsWell, ValueList<Finding> Findings);

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">In a word or two.</param>
/// <param name="State">How it is.</param>
/// <param name="Words">What was seen, and what it means.</param>
/// <param name="Next">The command that mends it; empty when nothing needs mending.</param>
internal sealed record Finding(string Subject, FindingState State, string Words, string Next = "");

/// <summary>How a thing is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
internal enum FindingState
{
    [JsonStringEnumMemberName("well")]
    Well,

    /// <summary>It works, and something about it is worth knowing.</summary>
    [JsonStringEnumMemberName("note")]
    Note,
    [JsonStringEnumMemberName("unwell")]
    Unwell,
}
