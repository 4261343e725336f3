namespace Homestack.Blueprints.Stacks;

/// <summary>What a stack needs to know of its home.</summary>
/// <param name="Home">The home's name; first part of every engine object's name.</param>
/// <param name="Folder">The home's folder, absolute.</param>
/// <param name="DefaultHost">Host of services that name none.</param>
public sealed record StackSurroundings(string Home, string Folder, string DefaultHost);
