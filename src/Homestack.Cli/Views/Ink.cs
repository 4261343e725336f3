namespace Homestack.Cli.Views;

/// <summary>Colour for state, or none. Every coloured thing also has a symbol or a word, so nothing is lost without it.</summary>
/// <remarks><para>Source: ECMA-48 §8.3.117 (SGR); no-color.org; terminfo's <c>dumb</c>.</para></remarks>
internal sealed class Ink
{
    private readonly bool isColoured;

    private Ink(bool isColoured) => this.isColoured = isColoured;

    public static Ink Plain { get; } = new(false);

    private static Ink Coloured { get; } = new(true);

    public static Ink For(IoContext io, bool isTerminal) =>
        isTerminal && io.Variable("NO_COLOR").Length == 0 && io.Variable("TERM") != "dumb" ? Coloured : Plain;

    public string Good(string words) => Paint("32", words);

    public string Warning(string words) => Paint("33", words);

    public string Bad(string words) => Paint("31", words);

    public string Accent(string words) => Paint("36", words);

    public string Strong(string words) => Paint("1", words);

    public string Faint(string words) => Paint("2", words);

    private string Paint(string code, string words) => isColoured && words.Length > 0 ? $"\e[{code}m{words}\e[0m" : words;
}
