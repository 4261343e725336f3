namespace Homestack.Front.Forwarding;

/// <summary>How asking an application ended.</summary>
internal enum ExchangeEnd
{
    /// <summary>The visitor got the answer, or the part of it that came, and was cut off where it broke off.</summary>
    Done,

    /// <summary>A connection that had rested was ended by the application at that moment: nothing was answered.</summary>
    Stale,

    /// <summary>Nobody took the call, so nothing was asked.</summary>
    Dead,

    /// <summary>The application ended, or said what is no answer, before the visitor was told anything.</summary>
    Broken,

    /// <summary>The application said nothing for too long.</summary>
    Silent,

    /// <summary>The visitor's request, or the body of it, is no good.</summary>
    Refused,

    /// <summary>The visitor has left.</summary>
    Gone,
}
