using Homestack.Collections;

namespace Homestack.Machine;

/// <summary>A program to run with its arguments, as a value. There is no shell: each argument arrives as it stands here.</summary>
/// <param name="Program">A name that is looked up in PATH, or an absolute path.</param>
/// <param name="Arguments">Without the program's name; never a secret, because every user of the machine can read them.</param>
public sealed record CommandLine(string Program, ValueList<string> Arguments)
{
    /// <summary>Added to the environment of this process; an empty value removes one.</summary>
    public ValueMap<string> Environment { get; init; } = ValueMap<string>.Empty;

    /// <summary>What the program reads; empty: nothing, its input ends at once.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Absolute; empty for the folder of this process.</summary>
    public string Folder { get; init; } = "";

    /// <summary>After this the program and its children are killed. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most bytes that are kept of each of the two outputs; a program that writes more is killed. Default 4 MiB.</summary>
    public int OutputLimit { get; init; } = 4 << 20;

    /// <summary>For messages: words apart by spaces, those with special characters quoted.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:=@,+%".Contains(letter, StringComparison.Ordinal)) ? word
        : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
