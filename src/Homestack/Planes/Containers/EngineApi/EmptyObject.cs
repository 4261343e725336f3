namespace Homestack.Planes.Containers.EngineApi;

/// <summary><c>{}</c>: how the engine writes the members of a set, such as <c>ExposedPorts</c>.</summary>
public sealed record EmptyObject;
