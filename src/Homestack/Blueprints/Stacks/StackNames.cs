using Homestack.Diagnostics;
using Homestack.Manifests.Compose;
using Homestack.Manifests.Compose.Loading;

namespace Homestack.Blueprints.Stacks;

/// <summary>How the things of one stack are called in the home and in the engine, and whether what a service names exists.</summary>
internal sealed class StackNames(StackSpec stack, StackSurroundings surroundings, DiagnosticBag diagnostics)
{
    public const string DefaultNetwork = "default";

    public StackSpec Stack => stack;

    public StackSurroundings Surroundings => surroundings;

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary><c>stack/key</c>.</summary>
    public string KeyOf(string name) => $"{stack.Name}/{name}";

    /// <summary><c>home-stack-key</c>.</summary>
    public string EngineNameOf(string name) => $"{surroundings.Home}-{stack.Name}-{name}";

    /// <summary>Absolute form of a path that is absolute or relative to the home's folder.</summary>
    public string AbsolutePath(string path) => StackPath.Resolve(surroundings.Folder, path);

    /// <summary>Where something was written, for people.</summary>
    public static string PlaceOf(SourceSpan span) => $"{span.Source.Path}:{span.Line}";

    public string HostOf(ServiceSpec service) => (service.Extension.Host ?? stack.Host)?.Value ?? surroundings.DefaultHost;

    /// <summary>True when the service exists and is active; otherwise says why not.</summary>
    /// <param name="service">The name that was written.</param>
    /// <param name="asker">The service that names it.</param>
    /// <param name="key">The key under which it stands, such as <c>depends_on</c>.</param>
    public bool HasService(Located<string> service, string asker, string key)
    {
        if (stack.Services.ContainsKey(service.Value))
        {
            return true;
        }

        diagnostics.Add(stack.InactiveServices.Contains(service.Value)
            ? NameDiagnostics.InactiveService(service, $"services.{asker}.{key}")
            : NameDiagnostics.UnknownService(service, $"services.{asker}.{key}", stack.Services.Keys));
        return false;
    }

    /// <summary>True when the network is declared or is the default one.</summary>
    public bool HasNetwork(Located<string> network, string asker)
    {
        if (network.Value == DefaultNetwork || stack.Networks.ContainsKey(network.Value))
        {
            return true;
        }

        diagnostics.Add(NameDiagnostics.UnknownNetwork(network, $"services.{asker}.networks", stack.Networks.Keys));
        return false;
    }
}
