using System.Buffers;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Yaml;

/// <summary>The characters that a YAML file may hold.</summary>
/// <remarks>
/// The parser takes a zero for the end of the file and would leave out what follows, so this is asked first.
/// It also counts U+0085, U+2028, U+2029 and a lone carriage return as line breaks, which editors do not, so every place after one would be wrong: they are refused too.
/// <para>Source: YAML 1.2.2 §5.1, c-printable.</para>
/// </remarks>
public static class YamlCharacters
{
    private static readonly SearchValues<char> NotAllowed = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(code => code is not ('\t' or '\n' or '\r')).Concat(Enumerable.Range(0x7f, 0x21)).Concat([0x2028, 0x2029, 0xfffe, 0xffff]).Select(code => (char)code)]);

    /// <summary>Index of the first character that may not be there, half a surrogate pair included; −1 when all may.</summary>
    public static int FirstNotAllowed(string text)
    {
        var control = FirstControl(text);
        var end = control < 0 ? text.Length : control;
        for (var i = text.AsSpan(0, end).IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < end;)
        {
            if (!char.IsHighSurrogate(text[i]) || i + 1 >= end || !char.IsLowSurrogate(text[i + 1]))
            {
                return i;
            }

            var next = text.AsSpan(i + 2, end - i - 2).IndexOfAnyInRange('\ud800', '\udfff');
            i = next < 0 ? end : i + 2 + next;
        }

        return control;
    }

    private static int FirstControl(string text)
    {
        var control = text.AsSpan().IndexOfAny(NotAllowed);
        var end = control < 0 ? text.Length : control;
        for (var i = 0; i < end;)
        {
            var next = text.AsSpan(i, end - i).IndexOf('\r');
            if (next < 0)
            {
                break;
            }

            i += next + 1;
            if (i >= text.Length || text[i] != '\n')
            {
                return i - 1;
            }
        }

        return control;
    }

    /// <summary>The place of a character.</summary>
    public static SourceSpan SpanAt(SourceText source, int index)
    {
        var before = source.Text.AsSpan(0, index);
        return new(source, before.Count('\n') + 1, index - (before.LastIndexOf('\n') + 1) + 1, 1);
    }
}
