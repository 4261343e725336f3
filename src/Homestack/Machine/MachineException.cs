namespace Homestack.Machine;

/// <summary>Something on the machine failed: a file, a program, an engine. The only exception that leaves a driver or a store.</summary>
public sealed class MachineException : Exception
{
    /// <param name="call">What was tried, such as <c>POST /containers/create</c> or <c>fsync /var/lib/homestack/journal</c>; no secrets.</param>
    /// <param name="words">What went wrong, a full sentence, in the engine's own words where it gave some.</param>
    /// <param name="next">The next command or act to try; empty when there is none.</param>
    /// <param name="kind">What the caller may decide on.</param>
    /// <param name="inner">The cause, for logs.</param>
    public MachineException(string call, string words, string next = "", MachineFailure kind = MachineFailure.Failed, Exception? inner = null)
        : base($"{call}: {words}", inner)
    {
        Call = call;
        Words = words;
        Next = next;
        Kind = kind;
    }

    public string Call { get; }

    public string Words { get; }

    public string Next { get; }

    public MachineFailure Kind { get; }
}

/// <summary>The kinds of failure that something is decided on.</summary>
public enum MachineFailure
{
    /// <summary>It said no, or broke.</summary>
    Failed,

    /// <summary>The thing is not there.</summary>
    NotFound,

    /// <summary>Something else is in the way: a name, a port, a lock.</summary>
    Conflict,

    /// <summary>Nobody answers at all: no socket, connection refused.</summary>
    Unreachable,

    /// <summary>It did not answer in time.</summary>
    TimedOut,

    /// <summary>We may not.</summary>
    Denied,

    /// <summary>Storage is no longer trustworthy: an fsync failed. Nothing more may be written by this process.</summary>
    StorageBroken,
}
