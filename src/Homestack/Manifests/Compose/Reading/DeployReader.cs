using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>deploy</c>. What only Swarm obeys is let be with a warning that names it.</summary>
/// <remarks><para>Source: Compose Deploy Specification.</para></remarks>
internal static class DeployReader
{
    private const string SwarmOnly = "Only Swarm obeys it.";

    public static DeploySpec? Read(MappingReader service, SpecReading reading)
    {
        if (service.Mapping("deploy") is not { } mapping)
        {
            return null;
        }

        if (mapping.Text("mode") is { } mode && mode.Value != "replicated")
        {
            reading.Diagnostics.Add(SpecDiagnostics.NoEffect("mode", SwarmOnly, mode.Span, mapping.PathOf("mode")));
        }

        foreach (var key in (ReadOnlySpan<string>)["endpoint_mode", "update_config", "rollback_config", "placement", "labels"])
        {
            mapping.Ignore(key, SwarmOnly, reading);
        }

        var spec = new DeploySpec { Replicas = mapping.Long("replicas", 0, 100), RestartPolicy = ReadRestartPolicy(mapping, reading) };
        if (mapping.Mapping("resources") is { } resources)
        {
            spec = ReadResources(spec, resources, reading);
        }

        mapping.FinishExceptExtensions();
        return spec;
    }

    private static DeploySpec ReadResources(DeploySpec spec, MappingReader resources, SpecReading reading)
    {
        if (resources.Mapping("limits") is { } limits)
        {
            spec = spec with { Cpus = limits.Number("cpus", reading), Memory = limits.Bytes("memory"), Pids = limits.Long("pids", -1) };
            limits.FinishExceptExtensions();
        }

        if (resources.Mapping("reservations") is { } reservations)
        {
            spec = spec with { MemoryReservation = reservations.Bytes("memory"), Devices = DeviceRequestReader.Read(reservations, "devices", reading) };
            reservations.Ignore("cpus", SwarmOnly, reading);
            reservations.Ignore("generic_resources", SwarmOnly, reading);
            reservations.FinishExceptExtensions();
        }

        resources.FinishExceptExtensions();
        return spec;
    }

    private static RestartPolicySpec? ReadRestartPolicy(MappingReader mapping, SpecReading reading)
    {
        if (mapping.Mapping("restart_policy") is not { } policy)
        {
            return null;
        }

        var condition = policy.Word("condition", "none", "on-failure", "any");
        var attempts = policy.Int("max_attempts", 0);
        policy.Ignore("delay", "The engine waits longer after each failure by itself.", reading);
        policy.Ignore("window", "The engine decides by itself when a start counts as good.", reading);
        policy.FinishExceptExtensions();
        return new(condition?.Value ?? "any", attempts?.Value ?? 0);
    }
}
