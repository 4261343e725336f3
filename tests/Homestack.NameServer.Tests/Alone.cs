namespace Homestack.NameServer.Tests;

/// <summary>Tests that measure the memory of the process run when no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
