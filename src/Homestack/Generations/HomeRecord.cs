namespace Homestack.Generations;

/// <summary>Which home a state folder belongs to.</summary>
/// <param name="Name">The home's name.</param>
/// <param name="Folder">Where its manifest was when it was last applied, absolute.</param>
public sealed record HomeRecord(string Name, string Folder);
