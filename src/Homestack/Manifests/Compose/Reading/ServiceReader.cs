using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads one service. Every key of the Compose Specification is either read, refused, or let be with a warning; any other is unknown.</summary>
/// <remarks><para>Source: Compose Specification, "services" top-level element.</para></remarks>
internal static class ServiceReader
{
    public static ServiceSpec? Read(YamlScalar key, YamlNode node, string path, SpecReading reading)
    {
        if (MappingReader.Of(node, path, reading.Diagnostics) is not { } service)
        {
            return null;
        }

        var spec = new ServiceSpec
        {
            Name = new(key.Value, key.Span),
            Image = service.Text("image"),
            Build = BuildReader.Read(service, reading),
            PullPolicy = ReadPullPolicy(service, reading),
            Platform = service.Plain("platform"),
            ContainerName = service.Text("container_name"),
            Command = CommandReader.Read(service, "command", reading),
            Entrypoint = CommandReader.Read(service, "entrypoint", reading),
            Environment = EnvironmentReader.Read(service, reading),
            Labels = EnvironmentReader.ReadLabels(service, reading),
            Annotations = service.Pairs("annotations", reading),
            Ports = PortReader.Read(service, reading),
            Expose = service.TextList("expose") ?? [],
            Volumes = MountReader.Read(service, reading),
            Tmpfs = service.TextOrList("tmpfs") ?? [],
            VolumesFrom = service.TextList("volumes_from") ?? [],
            Secrets = FileReader.ReadUses(service, "secrets", reading),
            Configs = FileReader.ReadUses(service, "configs", reading),
            Networks = AttachmentReader.Read(service, reading),
            NetworkMode = service.Text("network_mode"),
            Links = service.TextList("links") ?? [],
            DependsOn = DependencyReader.Read(service, reading),
            Healthcheck = HealthcheckReader.Read(service, reading),
            Deploy = DeployReader.Read(service, reading),
            Scale = service.Long("scale", 0, 100),
            Restart = ReadRestart(service, reading),
            Logging = ReadLogging(service, reading),
            Identity = IdentityReader.Read(service, reading),
            Limits = LimitsReader.Read(service, reading),
            Privileges = PrivilegesReader.Read(service, reading),
            Extension = ExtensionReader.Read(service, reading),
        };
        service.Take("profiles");
        RefuseRest(service, reading);
        service.FinishExceptExtensions();
        if (spec.Image is null && spec.Build is null && !service.Has("provider"))
        {
            reading.Diagnostics.Add(SpecDiagnostics.NoImage(spec.Name));
        }

        return spec;
    }

    private static void RefuseRest(MappingReader service, SpecReading reading)
    {
        service.Ignore("attach", "Logs are shown by \"homestack logs\".", reading);
        service.Ignore("develop", "Nothing watches your source files here.", reading);
        service.Refuse("credential_spec", "It is for Windows only.", reading);
        service.Refuse("external_links", "Share a network with the other container instead.", reading);
        service.Refuse("models", "Run the model as a service of its own.", reading);
        service.Refuse("post_start", "Put it into the image's entrypoint, or into a service that completes first.", reading);
        service.Refuse("pre_stop", "Let the program react to \"stop_signal\".", reading);
        service.Refuse("provider", "No program outside the home is run for a service.", reading);
        service.Refuse("pull_refresh_after", "Images are pulled when they are missing, or always.", reading);
        service.Refuse("use_api_socket", "Mount the engine's socket as a volume if the service must control the engine.", reading);
        service.Refuse("volume_driver", "Name the driver under the top-level \"volumes\".", reading);
        if (service.Text("isolation") is { } isolation && isolation.Value != "default")
        {
            reading.Diagnostics.Add(SpecDiagnostics.NotSupported("isolation", "It is for Windows only.", isolation.Span, service.PathOf("isolation")));
        }
    }

    private static Located<string>? ReadPullPolicy(MappingReader service, SpecReading reading)
    {
        if (service.Text("pull_policy") is not { } policy)
        {
            return null;
        }

        if (policy.Value is "daily" or "weekly" or "refresh" || policy.Value.StartsWith("every_", StringComparison.Ordinal))
        {
            reading.Diagnostics.Add(SpecDiagnostics.NotSupported("pull_policy: " + policy.Value, "Write \"missing\" or \"always\".", policy.Span, service.PathOf("pull_policy")));
            return null;
        }

        return service.Word("pull_policy", "always", "never", "missing", "if_not_present", "build") is { } word
            ? word.Value == "if_not_present" ? new("missing", word.Span) : word : null;
    }

    private static Located<string>? ReadRestart(MappingReader service, SpecReading reading)
    {
        // A plain no is a boolean in YAML and still means the word.
        if (service.Text("restart") is not { } restart)
        {
            return null;
        }

        var (word, retries) = restart.Value.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? (restart.Value[..colon], restart.Value[(colon + 1)..]) : (restart.Value, "");
        if (word is "no" or "false" && retries.Length == 0)
        {
            return new("no", restart.Span);
        }

        if ((word is "always" or "unless-stopped" or "on-failure" && retries.Length == 0) || (word == "on-failure" && retries.All(char.IsAsciiDigit) && retries.Length < 6))
        {
            return restart;
        }

        reading.Diagnostics.Add(BindingDiagnostics.UnknownChoice(new(restart.Value, false, restart.Span), ["no", "always", "on-failure", "on-failure:3", "unless-stopped"], service.PathOf("restart")));
        return null;
    }

    private static LoggingSpec? ReadLogging(MappingReader service, SpecReading reading)
    {
        if (service.Mapping("logging") is not { } mapping)
        {
            return null;
        }

        var logging = new LoggingSpec(mapping.Plain("driver"), mapping.Pairs("options", reading));
        mapping.FinishExceptExtensions();
        return logging;
    }
}
