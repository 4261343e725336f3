using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes one service. What says nothing is left out.</summary>
internal static class ServiceWriter
{
    private static readonly TimeSpan UsualGrace = new ContainerSettings().StopGracePeriod;

    public static MappingWriter Write(Service service, MappingWriter mapping, ComposeNames names, ComposeText text, ContentFiles files)
    {
        var container = service.Container;
        mapping.Text("image", service.Image.Reference.ToString());
        mapping.Mapping("build", BuildWriter.Write(service.Image.Build, mapping.Empty()));
        mapping.Text("pull_policy", service.Image.Pull switch { PullPolicy.Always => "always", PullPolicy.Never => "never", PullPolicy.Build => "build", _ => null });
        mapping.Text("platform", service.Image.Platform);
        mapping.Number("scale", service.Instances == 1 ? null : service.Instances);
        mapping.Words("command", container.Command);
        mapping.Words("entrypoint", container.Entrypoint);
        WriteEnvironment(container, mapping, text);
        mapping.TextMap("labels", container.Labels);
        mapping.TextMap("annotations", container.Annotations);
        WriteIdentity(container, mapping);
        mapping.Mapping("depends_on", WriteDependencies(service, mapping.Empty(), names));
        mapping.Text("restart", RestartText(container.Restart));
        WriteHealthcheck(container.Healthcheck, mapping);
        AttachmentWriter.Write(service, mapping, names);
        mapping.Texts("expose", container.Expose);
        MountWriter.Write(service, mapping, names, files);
        PrivilegesWriter.Write(container, mapping, names);
        LimitsWriter.Write(container, mapping);
        if (container.Logging is { } logging)
        {
            mapping.Node("logging", mapping.Empty().Text("driver", logging.Driver).TextMap("options", logging.Options).ToNode());
        }

        return mapping.Mapping("x-homestack", ExtensionWriter.Write(service, mapping.Empty(), text));
    }

    private static void WriteEnvironment(ContainerSettings container, MappingWriter mapping, ComposeText text)
    {
        var environment = mapping.Empty();
        foreach (var (name, value) in container.Environment.Where(variable => !text.StaysNamed(variable.Value)))
        {
            environment.Verbatim(name, text.Of(value));
        }

        mapping.Mapping("environment", environment);
    }

    private static void WriteIdentity(ContainerSettings container, MappingWriter mapping) => mapping
        .Text("hostname", container.Hostname)
        .Text("domainname", container.DomainName)
        .Text("user", container.User)
        .Texts("group_add", container.GroupAdd)
        .Text("working_dir", container.WorkingDirectory)
        .Text("stop_signal", container.StopSignal)
        .Duration("stop_grace_period", container.StopGracePeriod == UsualGrace ? null : container.StopGracePeriod)
        .Bool("init", container.Init)
        .Flag("tty", container.Tty)
        .Flag("stdin_open", container.StdinOpen)
        .Texts("dns", container.Dns)
        .Texts("dns_search", container.DnsSearch)
        .Texts("dns_opt", container.DnsOptions)
        .Texts("extra_hosts", container.ExtraHosts);

    private static MappingWriter WriteDependencies(Service service, MappingWriter mapping, ComposeNames names)
    {
        var shared = SharedNamespaces.Of(service.Container);
        foreach (var (owner, dependency) in service.DependsOn)
        {
            // What Compose concludes by itself is not said again: older programs do not know "restart".
            var isShared = shared.Contains(owner) && dependency.RestartsWith;
            if (isShared && dependency is { Condition: DependencyCondition.Started, IsRequired: true })
            {
                continue;
            }

            var condition = dependency.Condition switch
            {
                DependencyCondition.Healthy => "service_healthy",
                DependencyCondition.CompletedSuccessfully => "service_completed_successfully",
                _ => "service_started",
            };
            mapping.Mapping(names.Service(owner), mapping.Empty().Text("condition", condition)
                .Flag("restart", dependency.RestartsWith && !isShared).Bool("required", dependency.IsRequired ? null : false));
        }

        return mapping;
    }

    private static string? RestartText(RestartPolicy restart) => restart.Condition switch
    {
        RestartCondition.Always => "always",
        RestartCondition.UnlessStopped => "unless-stopped",
        RestartCondition.OnFailure when restart.MaximumRetries > 0 => $"on-failure:{restart.MaximumRetries}",
        RestartCondition.OnFailure => "on-failure",
        _ => null,
    };

    private static void WriteHealthcheck(Healthcheck? check, MappingWriter mapping)
    {
        if (check is not null)
        {
            mapping.Node("healthcheck", mapping.Empty()
                .Flag("disable", check.IsDisabled)
                .Texts("test", check.Test)
                .Duration("interval", check.Interval)
                .Duration("timeout", check.Timeout)
                .Duration("start_period", check.StartPeriod)
                .Duration("start_interval", check.StartInterval)
                .Number("retries", (long?)check.Retries).ToNode());
        }
    }
}
