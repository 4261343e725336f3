using Homestack.Collections;

namespace Homestack.Diagnostics;

/// <summary>Something to tell a person about what they wrote or what the machine did.</summary>
public sealed record Diagnostic
{
    /// <summary>"HS" and four digits, never reused. See docs/diagnostics.md.</summary>
    public required string Code { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>Under sixty characters, no user data, the same text every time.</summary>
    public required string Summary { get; init; }

    /// <summary>Full sentences: what, why it matters, how to mend it.</summary>
    /// <remarks>Quotes what people wrote: a control character in it would play with the terminal and is shown as a dot.</remarks>
    public required string Detail { get; init => field = Printable(value); }

    /// <summary>Where; absent only when no file is involved.</summary>
    public SourceSpan? Span { get; init; }

    /// <summary>The place as a path of keys, such as <c>services.jellyfin.ports[1]</c>; empty when there is none.</summary>
    public string Path { get; init; } = "";

    /// <summary>Other places that belong to the story, each with a few words.</summary>
    public ValueList<RelatedPlace> Related { get; init; } = [];

    public override string ToString() =>
        $"{(Span is { } span ? span + ": " : "")}{(Severity == Severity.Error ? "error" : "warning")} {Code}: {Summary}. {Detail}";

    private static string Printable(string text)
    {
        foreach (var letter in text)
        {
            if (IsHidden(letter))
            {
                return string.Create(text.Length, text, static (span, text) =>
                {
                    for (var i = 0; i < span.Length; i++)
                    {
                        span[i] = IsHidden(text[i]) ? '\u00b7' : text[i];
                    }
                });
            }
        }

        return text;
    }

    /// <summary>Line breaks are ours: a detail has lines, and its view indents each.</summary>
    private static bool IsHidden(char letter) => char.IsControl(letter) && letter != '\n';
}

/// <summary>A second place that a diagnostic points at.</summary>
public sealed record RelatedPlace(SourceSpan Span, string Words);
