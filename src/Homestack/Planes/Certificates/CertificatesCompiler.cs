using Homestack.Blueprints;

namespace Homestack.Planes.Certificates;

/// <summary>From what answers over HTTPS to the names that must be vouched for. Pure.</summary>
public static class CertificatesCompiler
{
    /// <summary>The domain and everything one label below it, as soon as anything answers.</summary>
    public static CertificatesDesired Compile(Blueprint blueprint) =>
        new(blueprint.Home, blueprint.Domain, Answer.Of(blueprint).Count == 0 ? [] : ["*." + blueprint.Domain, blueprint.Domain]);
}
