using System.Text.Json.Serialization.Metadata;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Machine;
using Homestack.Planes;
using Homestack.Planes.Certificates;
using Homestack.Planes.Containers;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Planes.Ingress;
using Homestack.Planes.Names;
using Homestack.Plans;

namespace Homestack.Homes;

/// <summary>Every plane, in the order a person would explain them. The order carries no meaning.</summary>
/// <param name="stateFolder">Absolute.</param>
/// <param name="environment">For where registry credentials lie: <c>DOCKER_CONFIG</c>, else <c>HOME</c>.</param>
/// <param name="time">For waiting.</param>
public sealed class PlaneList(string stateFolder, ValueMap<string> environment, TimeProvider time)
{
    /// <summary>A state folder that is not there: a machine where no front ever was.</summary>
    private const string Nowhere = "/nonexistent/homestack";

    private const long LargestRoots = 4 << 20;

    private (ValueMap<Host> Hosts, IReadOnlyList<IPlane> Planes)? reading;

    /// <summary>How plans with the changes of these planes are written.</summary>
    public static PlanJson Json { get; } = new(
    [
        new PlaneJson(JsonTypeInfoResolver.Combine(ContainersJson.Default, EngineJson.Default), typeof(ContainersChange)),
        new PlaneJson(IngressJson.Default, typeof(IngressChange)),
        new PlaneJson(NamesJson.Default, typeof(NamesChange)),
        new PlaneJson(CertificatesJson.Default, typeof(CertificatesChange)),
    ]);

    /// <summary>Planes that can look and cannot touch. Their connections are kept for the next look at the same hosts.</summary>
    public IReadOnlyList<IPlane> Reading(Blueprint blueprint, HomeState state)
    {
        if (reading is not { } known || !known.Hosts.Equals(blueprint.Hosts))
        {
            reading = known = (blueprint.Hosts,
                [ContainersPlane.ForPlanning(state.Secrets, RuntimeFolder, DockerFolder, state.Disk, new CommandRunner(), time), .. OfTheFront(state, stateFolder, mayWrite: false)]);
        }

        return known.Planes;
    }

    /// <summary>Planes that can do both.</summary>
    public IReadOnlyList<IPlane> Writing(HomeState state) =>
        [Starting(state), .. OfTheFront(state, stateFolder, mayWrite: true)];

    /// <summary>The plane whose things are also started and stopped without a plan.</summary>
    public ContainersPlane Starting(HomeState state) => ContainersPlane.ForApplying(state.Secrets, RuntimeFolder, DockerFolder, state.Disk, new CommandRunner(), time);

    /// <summary>The one plane whose world changes by time alone, for renewing without a plan.</summary>
    public CertificatesPlane Renewing(HomeState state) => CertificatesOf(state, stateFolder, new FrontClient(state.Disk, stateFolder), mayWrite: true);

    /// <summary>Asks public issuers, beside any plan: they may take minutes, or be away.</summary>
    public OrdersDriver Orders(HomeState state)
    {
        var store = PublicOf(state, stateFolder);
        var lego = new LegoClient(state.Disk, new CommandRunner(), store.ClientFolder, FrontAddress.ChallengesOf(stateFolder), state.Secrets);
        return new(store, lego, path => System.Text.Encoding.UTF8.GetString(state.Disk.Read(path, LargestRoots)), () => new(time.GetUtcNow(), time.GetElapsedTime(0), BootName.Read(state.Disk)));
    }

    /// <summary>Planes that look at a machine where nothing is.</summary>
    public IReadOnlyList<IPlane> Offline(HomeState state) =>
    [
        new ContainersPlane(new((_, _) => EmptyEngine.Instance, state.Secrets, new(Path.Combine(RuntimeFolder, "files")), new(state.Disk, new CommandRunner(), DockerFolder), time)),
        .. OfTheFront(state, Nowhere, mayWrite: false),
    ];

    /// <summary>The planes whose engine is the front.</summary>
    private IEnumerable<IPlane> OfTheFront(HomeState state, string folder, bool mayWrite)
    {
        var front = new FrontClient(state.Disk, folder);
        yield return new IngressPlane(new(front, mayWrite), ProcessEnvironment.IsRoot);
        yield return new NamesPlane(new(front, mayWrite), ProcessEnvironment.IsRoot);
        yield return CertificatesOf(state, folder, front, mayWrite);
    }

    private CertificatesPlane CertificatesOf(HomeState state, string folder, FrontClient front, bool mayWrite) =>
        new(new(new(state.Disk, Path.Combine(folder, "certificates"), time), PublicOf(state, folder), front, mayWrite));

    private static PublicStore PublicOf(HomeState state, string folder) => new(state.Disk, Path.Combine(folder, "certificates", "acme"));

    /// <summary>The same for all who name the same state folder, whether they name it or leave it out.</summary>
    private string RuntimeFolder => HomeFolders.Resolve(null) is var usual && usual.State == stateFolder ? usual.Runtime : HomeFolders.Resolve(stateFolder).Runtime;

    private string DockerFolder => environment.TryGetValue("DOCKER_CONFIG", out var folder) && folder.Length > 0 ? folder
        : Path.Combine(environment.TryGetValue("HOME", out var home) && home.Length > 0 ? home : "/root", ".docker");
}
