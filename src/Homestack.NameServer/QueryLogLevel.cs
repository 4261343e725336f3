namespace Homestack.NameServer;

/// <summary>What the log keeps of a question.</summary>
public enum QueryLogLevel : byte
{
    /// <summary>Everything but who asked.</summary>
    Anonymous,

    /// <summary>Nothing.</summary>
    Off,

    /// <summary>Who asked, too.</summary>
    Full,
}
