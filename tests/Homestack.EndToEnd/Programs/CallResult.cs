namespace Homestack.EndToEnd.Programs;

/// <summary>How a program ended, and what it said.</summary>
/// <param name="Command">The argument vector, for messages.</param>
/// <param name="ExitCode">128 + n when signal n ended it, as shells count.</param>
/// <param name="Output">Standard output, at most 4 MiB.</param>
/// <param name="Error">Standard error, at most 4 MiB.</param>
/// <param name="Took">From the start to the end of the process.</param>
/// <param name="HasTimedOut">It was ended because it took longer than it may.</param>
internal sealed record CallResult(string Command, int ExitCode, string Output, string Error, TimeSpan Took, bool HasTimedOut)
{
    private const int KilledCode = 137;

    /// <summary>SIGKILL ended it.</summary>
    public bool IsKilled => ExitCode == KilledCode && !HasTimedOut;

    /// <summary>Both streams; a person looking for words does not care which.</summary>
    public string Said => Output + Error;

    /// <summary>Fails the test with everything that was said, unless it ended with one of <paramref name="codes"/>.</summary>
    public CallResult Expect(params int[] codes)
    {
        Assert.True(!HasTimedOut && codes.Contains(ExitCode), $"expected {string.Join(" or ", codes)}\n{this}");
        return this;
    }

    public override string ToString() => $"$ {Command}\nexit {ExitCode}{(HasTimedOut ? " (timed out)" : "")} after {Took.TotalSeconds:0.00} s\n{Output}\n--- stderr\n{Error}";
}
