using System.Security.Cryptography;
using System.Text.Json;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Containers, networks, volumes and images in Docker Engines.</summary>
public sealed class ContainersPlane(ContainersDriver driver) : Plane<ContainersDesired, ContainersObserved, ContainersChange>
{
    public override string Name => ResourceNames.Plane;

    /// <summary>A plane for planning: it was given readers only and cannot write.</summary>
    public static ContainersPlane ForPlanning(ISecretReader secrets, string runtimeFolder, string dockerFolder, IDisk disk, CommandRunner commands, TimeProvider time) =>
        new(new((_, host) => new EngineReadClient(new(host.Engine, host.TlsFolder)), secrets, new(FilesIn(runtimeFolder)), new(disk, commands, dockerFolder), time));

    /// <summary>A plane for applying.</summary>
    /// <param name="secrets">The home's secrets.</param>
    /// <param name="runtimeFolder">Absolute, in memory: <c>HomeFolders.Runtime</c>.</param>
    /// <param name="dockerFolder">Where <c>config.json</c> with registry credentials may be: <c>$DOCKER_CONFIG</c> or <c>~/.docker</c>.</param>
    /// <param name="disk">For that file.</param>
    /// <param name="commands">For credential helpers and Debian packages.</param>
    /// <param name="time">For waiting.</param>
    public static ContainersPlane ForApplying(ISecretReader secrets, string runtimeFolder, string dockerFolder, IDisk disk, CommandRunner commands, TimeProvider time) =>
        new(new((_, host) => new EngineWriteClient(new(host.Engine, host.TlsFolder)), secrets, new(FilesIn(runtimeFolder)), new(disk, commands, dockerFolder), time));

    /// <summary>Knows the engines of these hosts from now on, without a look at them.</summary>
    public void Open(ValueMap<Host> hosts) => driver.Open(hosts);

    public override ContainersDesired Compile(Blueprint blueprint, DiagnosticBag diagnostics) => ContainersCompiler.Compile(blueprint, diagnostics);

    public override Task<ContainersObserved> ObserveAsync(ContainersDesired desired, CancellationToken cancellationToken) => driver.ObserveAsync(desired, cancellationToken);

    public override ValueList<ResourceChange> Diff(ContainersDesired desired, ContainersObserved observed, DiagnosticBag diagnostics) => ContainersDiffer.Diff(desired, observed, diagnostics);

    public override Task ApplyAsync(ContainersChange change, IProgress<StepProgress> progress, CancellationToken cancellationToken) => driver.ApplyAsync(change, progress, cancellationToken);

    /// <remarks>Health, restarts, whether a service that sleeps is awake, who is on a network at the moment and what a registry serves change by themselves and are left out; so are digests of values.</remarks>
    public override string Fingerprint(ContainersObserved observed) => FingerprintOf(observed);

    public static string FingerprintOf(ContainersObserved observed)
    {
        var still = observed with
        {
            Hosts = observed.Hosts.ToValueMap(host => host.Key, host => host.Value with
            {
                RegistryDigests = ValueMap<string>.Empty,
                Networks = host.Value.Networks.Select(network => network with { Members = ValueMap<string>.Empty }).ToValueList(),
                Containers = host.Value.Containers.Select(container => container with
                {
                    IsHealthy = null,
                    ExitCode = 0,
                    Environment = ValueMap<string>.Empty,
                    Phase = container.Phase == ContainerPhase.Restarting || container is { Sleeps: true, Phase: ContainerPhase.Exited } ? ContainerPhase.Running : container.Phase,
                }).ToValueList(),
            }),
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(still, ContainersJson.Default.ContainersObserved)));
    }

    private static string FilesIn(string runtimeFolder) => $"{runtimeFolder}/files";
}
