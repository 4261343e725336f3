namespace Homestack.Homes;

/// <summary>How the engine says no.</summary>
/// <param name="Words">What went wrong, in sentences.</param>
/// <param name="Next">The next command or act to try; empty when there is none.</param>
public sealed record ApiProblem(string Words, string Next);
