using Homestack.Collections;
using Homestack.Manifests.Compose;
using Homestack.Primitives;

namespace Homestack.Blueprints.Stacks;

/// <summary>Says where the image of a service comes from.</summary>
/// <remarks>An image that is made and has no name is called <c>home-stack-service:built</c>. Adds HS2006.</remarks>
internal static class ImageBuilder
{
    private const string BuiltTag = "built";

    public static ImageSource Build(ServiceSpec spec, StackNames names)
    {
        ImageReference? reference = null;
        if (spec.Image is { } image && !ImageReference.TryParse(image.Value, out reference))
        {
            names.Diagnostics.Add(NameDiagnostics.ImageName(image, $"services.{spec.Name.Value}.image"));
        }

        return new()
        {
            Reference = reference ?? new(names.EngineNameOf(spec.Name.Value).ToLowerInvariant(), BuiltTag, null),
            Pull = spec.PullPolicy?.Value switch { "always" => PullPolicy.Always, "never" => PullPolicy.Never, "build" => PullPolicy.Build, _ => PullPolicy.Missing },
            Build = spec.Build is { } build ? Make(build, names) : null,
            Platform = spec.Platform ?? "",
        };
    }

    private static ImageBuild Make(BuildSpec build, StackNames names) => new()
    {
        Context = names.AbsolutePath(build.Context.Value),
        Dockerfile = build.Dockerfile ?? "Dockerfile",
        DockerfileInline = build.DockerfileInline ?? "",
        Args = build.Args.Plain(),
        Labels = build.Labels.Plain(),
        Target = build.Target ?? "",
        Network = build.Network ?? "",
        CacheFrom = build.CacheFrom,
        Tags = build.Tags,
        ExtraHosts = build.ExtraHosts,
        SharedMemory = build.SharedMemory,
        NoCache = build.NoCache,
        PullBase = build.PullBase,
        Packages = build.Packages.Distinct().Order(StringComparer.Ordinal).ToValueList(),
    };
}
