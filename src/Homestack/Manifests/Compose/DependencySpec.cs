using Homestack.Diagnostics;

namespace Homestack.Manifests.Compose;

/// <summary>One entry of <c>depends_on</c>.</summary>
/// <param name="Service">The service that must be well first.</param>
/// <param name="Condition"><c>service_started</c>, <c>service_healthy</c> or <c>service_completed_successfully</c>.</param>
/// <param name="RestartsWith">Restart this one when the other was replaced.</param>
/// <param name="IsRequired">False: the other may be missing or fail.</param>
public sealed record DependencySpec(Located<string> Service, string Condition, bool RestartsWith, bool IsRequired);
