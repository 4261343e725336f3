using Homestack.Diagnostics;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>Resolves <c>network_mode</c>, <c>ipc</c> and <c>pid</c>, which may name another service. Adds HS2000, HS2001, HS2010, HS2030.</summary>
internal static class NetworkModeBuilder
{
    public const string OfService = "service:";
    private const string OfContainer = "container:";

    public static NetworkMode Build(ServiceSpec spec, StackNames names)
    {
        if (spec.NetworkMode is not { } mode)
        {
            return new(NetworkModeKind.Networks, "");
        }

        var path = $"services.{spec.Name.Value}.network_mode";
        if (spec.Networks is not null)
        {
            names.Diagnostics.Add(NetworkDiagnostics.ModeWithNetworks(mode, path));
        }

        switch (mode.Value)
        {
            case "none":
                return new(NetworkModeKind.None, "");
            case "host":
                return new(NetworkModeKind.Host, "");
            case "bridge" or "default":
                return new(NetworkModeKind.Bridge, "");
            case var value when value.StartsWith(OfService, StringComparison.Ordinal):
                return new(NetworkModeKind.Service, names.KeyOf(value[OfService.Length..]));
            case var value when value.StartsWith(OfContainer, StringComparison.Ordinal) && value.Length > OfContainer.Length:
                return new(NetworkModeKind.Container, value[OfContainer.Length..]);
            default:
                names.Diagnostics.Add(NameDiagnostics.Mode("network mode", mode, "none, host, bridge, service:NAME or container:NAME; name networks under \"networks\"", path));
                return new(NetworkModeKind.None, "");
        }
    }

    /// <summary>A namespace that may be shared with another service.</summary>
    /// <param name="key"><c>ipc</c> or <c>pid</c>.</param>
    /// <param name="written">What stands there.</param>
    /// <param name="words">Plain words that are allowed.</param>
    /// <param name="spec">The service.</param>
    /// <param name="names">Names of the stack.</param>
    public static string? BuildShared(string key, Located<string>? written, string[] words, ServiceSpec spec, StackNames names)
    {
        if (written is not { } value || value.Value.Length == 0)
        {
            return null;
        }

        if (value.Value.StartsWith(OfService, StringComparison.Ordinal))
        {
            return OfService + names.KeyOf(value.Value[OfService.Length..]);
        }

        if (!words.Contains(value.Value) && !value.Value.StartsWith(OfContainer, StringComparison.Ordinal))
        {
            names.Diagnostics.Add(NameDiagnostics.Mode(key, value, $"{string.Join(", ", words)}, service:NAME or container:NAME", $"services.{spec.Name.Value}.{key}"));
        }

        return value.Value;
    }
}
