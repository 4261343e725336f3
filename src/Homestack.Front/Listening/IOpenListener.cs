namespace Homestack.Front.Listening;

/// <summary>An address where visitors are awaited.</summary>
internal interface IOpenListener
{
    /// <summary>Takes no more visitors, lets what is under way end, and cuts what has not ended by the limit.</summary>
    Task RetireAsync(TimeSpan limit);
}
