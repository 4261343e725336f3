namespace Homestack.Engine.Api;

/// <summary>What an endpoint lets its caller do.</summary>
internal enum Permission
{
    /// <summary>Nobody has said. An endpoint with this does not start.</summary>
    Undeclared,

    /// <summary>See what is wanted and what is.</summary>
    Read,

    /// <summary>Change what runs.</summary>
    Change,
}
