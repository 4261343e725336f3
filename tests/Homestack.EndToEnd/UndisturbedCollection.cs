namespace Homestack.EndToEnd;

/// <summary>Tests that measure how long something takes: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class UndisturbedCollection
{
    public const string Name = "undisturbed";
}
