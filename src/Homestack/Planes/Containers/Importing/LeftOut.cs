namespace Homestack.Planes.Containers.Importing;

/// <summary>A container that was not imported, and why: a sentence without its first word, such as <c>it is paused</c>.</summary>
public sealed record LeftOut(string Container, string Reason);
