using Homestack.Cli.Views;

namespace Homestack.Cli.Commands;

/// <summary>One call of a verb: what all verbs share of the command line, and where words go.</summary>
internal sealed record Call(IoContext Io)
{
    public bool IsYes { get; init; }

    /// <summary>Absolute.</summary>
    public required string StateFolder { get; init; }

    public bool IsJson { get; init; }

    public bool IsQuiet { get; init; }

    public bool IsVerbose { get; init; }

    /// <summary>Writes results in colour where that is wanted.</summary>
    public Ink OutInk => Ink.For(Io, Io.IsOutputTerminal);

    public Ink ErrorInk => Ink.For(Io, Io.IsErrorTerminal);

    /// <summary>A remark for people: not with <c>--quiet</c> nor <c>--json</c>.</summary>
    public void Say(string words)
    {
        if (!IsQuiet && !IsJson)
        {
            Io.Out.WriteLine(words);
        }
    }

    /// <summary>Says on standard error why the call ends.</summary>
    public ExitCode Refuse(string words, string next = "")
    {
        FailureView.Write(Io, words, next);
        return ExitCode.Error;
    }

    /// <summary>Asks; <c>--yes</c> answers. Without a terminal and without <c>--yes</c> it is refused in words.</summary>
    public async Task<bool> AgreesAsync(string question, CancellationToken cancellationToken)
    {
        if (IsYes)
        {
            return true;
        }

        if (!Io.IsInputTerminal)
        {
            Refuse($"{question} There is nobody to answer.", "Say it beforehand with --yes.");
            return false;
        }

        await Io.Error.WriteAsync($"{question} [y/N] ").ConfigureAwait(false);
        var answer = await Io.In.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        var agrees = answer?.Trim().ToLowerInvariant() is "y" or "yes";
        if (!agrees)
        {
            await Io.Error.WriteLineAsync("homestack: nothing was changed").ConfigureAwait(false);
        }

        return agrees;
    }
}
