namespace Homestack.Planes;

/// <summary>How far a long call has come, such as the pull of an image.</summary>
/// <param name="Words">What is going on now, such as <c>pulling nginx:1.27</c> or a line of a build's output.</param>
/// <param name="Done">Units done so far; null when unknown.</param>
/// <param name="Total">Units in all; null when unknown.</param>
public sealed record StepProgress(string Words, long? Done = null, long? Total = null);
