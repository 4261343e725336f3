namespace Homestack.NameServer;

/// <summary>How a published list is written.</summary>
public enum BlocklistFormat
{
    /// <summary>Each line is read as what it looks like.</summary>
    Any,

    /// <summary><c>0.0.0.0 name name</c>: those names, nothing below them.</summary>
    Hosts,

    /// <summary>A name on each line: it and everything below. A leading <c>*.</c> changes nothing.</summary>
    Domains,

    /// <summary><c>||name^</c>: it and everything below; <c>@@||name^</c> allows it. Other rules are for browsers and are skipped.</summary>
    Adblock,
}
