namespace Homestack.Cli;

/// <summary>What a call says to the script that made it. Stable: see the table of verbs in the README.</summary>
internal enum ExitCode
{
    /// <summary>Done; or there was nothing to do.</summary>
    Fine = 0,

    /// <summary>It could not be done: the words are on standard error.</summary>
    Error = 1,

    /// <summary><c>plan</c>: there are changes. <c>status</c> and <c>doctor</c>: not all is well.</summary>
    Different = 2,

    /// <summary><c>apply</c>: the world is not the one that the plan was made for.</summary>
    WorldMoved = 3,

    /// <summary>Ended by a signal, as shells count it.</summary>
    Interrupted = 130,
}
