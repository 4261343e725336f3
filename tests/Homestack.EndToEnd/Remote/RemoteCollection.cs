namespace Homestack.EndToEnd.Remote;

/// <summary>Tests that share the engine on "another machine": one after another.</summary>
[CollectionDefinition(Name)]
public sealed class RemoteCollection : ICollectionFixture<FarEngine>
{
    public const string Name = "remote";
}
