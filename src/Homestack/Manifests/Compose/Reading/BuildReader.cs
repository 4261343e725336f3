using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose.Loading;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>build</c>: a folder, or a mapping.</summary>
/// <remarks><para>Source: Compose Build Specification.</para></remarks>
internal static class BuildReader
{
    private const string NeedsBuildKit = "Images are made by the engine's own builder, which cannot do this.";

    public static BuildSpec? Read(MappingReader service, SpecReading reading)
    {
        if (service.Take("build") is not { } node || MappingReader.Of(ListForms.Single(node, "context"), service.PathOf("build"), reading.Diagnostics) is not { } mapping)
        {
            return null;
        }

        var context = mapping.Text("context") ?? new(".", mapping.Span);
        if (context.Value.Contains("://", StringComparison.Ordinal) || context.Value.StartsWith("git@", StringComparison.Ordinal))
        {
            reading.Diagnostics.Add(SpecDiagnostics.NotSupported("context", "Contexts that are fetched from elsewhere are not read. Clone the repository beside the stack and name its folder.", context.Span, mapping.PathOf("context")));
        }

        var spec = new BuildSpec
        {
            Context = new(reading.Files.Resolve(context.Value, context.Span), context.Span),
            Dockerfile = mapping.Plain("dockerfile"),
            DockerfileInline = mapping.Plain("dockerfile_inline"),
            Args = ReadArgs(mapping, reading),
            Labels = mapping.Pairs("labels", reading),
            Target = mapping.Plain("target"),
            Network = mapping.Plain("network"),
            CacheFrom = mapping.Plains("cache_from"),
            Tags = mapping.Plains("tags"),
            ExtraHosts = ExtraHostsReader.Read(mapping, reading),
            SharedMemory = mapping.Size("shm_size"),
            NoCache = mapping.Bool("no_cache")?.Value ?? false,
            PullBase = mapping.Bool("pull")?.Value ?? false,
            Packages = ReadPackages(mapping),
        };
        if (spec is { Dockerfile: not null, DockerfileInline: not null })
        {
            reading.Diagnostics.Add(SpecDiagnostics.Value("dockerfile_inline", "either \"dockerfile\" or \"dockerfile_inline\", not both", mapping.SpanOf("dockerfile_inline"), mapping.PathOf("dockerfile_inline")));
        }

        RefuseRest(mapping, reading);
        mapping.FinishExceptExtensions();
        return spec;
    }

    private static void RefuseRest(MappingReader mapping, SpecReading reading)
    {
        foreach (var key in (ReadOnlySpan<string>)["additional_contexts", "ssh", "secrets", "privileged", "entitlements", "ulimits"])
        {
            mapping.Refuse(key, NeedsBuildKit, reading);
        }

        if (mapping.TextList("platforms") is { Count: > 1 } platforms)
        {
            reading.Diagnostics.Add(SpecDiagnostics.NotSupported("platforms", "One image is made, for the engine's own platform or the one in \"platform\".", platforms[1].Span, mapping.PathOf("platforms")));
        }

        if (mapping.Text("isolation") is { } isolation && isolation.Value != "default")
        {
            reading.Diagnostics.Add(SpecDiagnostics.NotSupported("isolation", "It is for Windows only.", isolation.Span, mapping.PathOf("isolation")));
        }

        mapping.Ignore("cache_to", "The engine keeps its own cache.", reading);
        mapping.Ignore("provenance", "No attestations are made.", reading);
        mapping.Ignore("sbom", "No attestations are made.", reading);
    }

    /// <summary>A name without a value takes it from the variables and is left out when it has none.</summary>
    private static ValueMap<Located<string>> ReadArgs(MappingReader mapping, SpecReading reading)
    {
        if (mapping.Take("args") is not { } node)
        {
            return ValueMap<Located<string>>.Empty;
        }

        var args = new List<KeyValuePair<string, Located<string>>>();
        foreach (var (name, value) in KeyValueReader.ReadEnvironment(node, mapping.PathOf("args"), reading))
        {
            if (value.Value.Secrets.Any())
            {
                reading.Diagnostics.Add(BindingDiagnostics.SecretNotHere(value.Span, BindingDiagnostics.Join(mapping.PathOf("args"), name)));
            }
            else
            {
                args.Add(new(name, new(value.Value.Reveal(static _ => ""), value.Span)));
            }
        }

        return args.ToValueMap();
    }

    private static ValueList<string> ReadPackages(MappingReader mapping)
    {
        if (mapping.Mapping("x-homestack") is not { } extension)
        {
            return [];
        }

        var packages = extension.Plains("packages");
        extension.Finish();
        return packages;
    }
}
