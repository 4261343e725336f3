using Homestack.Collections;
using Homestack.Manifests.Sections;

namespace Homestack.Blueprints;

/// <summary>Resolves what a service or a site says of its requests. Pure.</summary>
internal static class RouteSettingsBuilder
{
    /// <summary>Null when nothing was said.</summary>
    public static RouteSettings? Build(RouteSpec? spec) => spec is null ? null : new()
    {
        Name = spec.Name?.Value,
        Path = spec.Path is { Value.Length: > 0 } path ? path.Value : null,
        Strips = spec is { Strip.Value: true, Path.Value.Length: > 0 },
        Redirects = spec.Redirects.Count == 0 ? null : spec.Redirects.ToValueMap(redirect => redirect.Key, redirect => redirect.Value.Value),
        SpeaksHttp2 = spec.Protocol is { Value: "h2c" or "grpc" },
        IsInMaintenance = spec.IsInMaintenance,
        Limits = spec.Limits is not { } limits ? null : new() { Requests = limits.Requests, Body = limits.Body, Headers = limits.Headers, Slowest = limits.Slowest },
    };
}
