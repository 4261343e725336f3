using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes <c>build</c>.</summary>
internal static class BuildWriter
{
    public static MappingWriter Write(ImageBuild? build, MappingWriter mapping) => build is null ? mapping : mapping
        .Text("context", build.Context)
        .Text("dockerfile", build.DockerfileInline.Length > 0 || build.Dockerfile == "Dockerfile" ? null : build.Dockerfile)
        .Text("dockerfile_inline", build.DockerfileInline)
        .TextMap("args", build.Args)
        .TextMap("labels", build.Labels)
        .Text("target", build.Target)
        .Text("network", build.Network)
        .Texts("cache_from", build.CacheFrom)
        .Texts("tags", build.Tags)
        .Texts("extra_hosts", build.ExtraHosts)
        .Bytes("shm_size", build.SharedMemory)
        .Flag("no_cache", build.NoCache)
        .Flag("pull", build.PullBase)
        .Mapping("x-homestack", mapping.Empty().Texts("packages", build.Packages));
}
