using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes;
using Homestack.Planes.Containers;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Plans;
using Homestack.Primitives;
using Homestack.Tests.Model;
using Homestack.Tests.Planes.Containers;
using Containers = Homestack.Tests.Planes.Containers;

namespace Homestack.Tests.Reliability;

/// <summary>A home of sixty services: the real plane and the whole pipeline, on a model engine and a disk in memory, both of which can be made to fail at any call.</summary>
internal sealed class House : FaultyHome
{
    public const int Services = 60;

    private static readonly PlanJson Json = new([new(JsonTypeInfoResolver.Combine(ContainersJson.Default, EngineJson.Default), typeof(ContainersChange))]);
    private static readonly string Files = Path.Combine(Path.GetTempPath(), "homestack-tests-house-" + Environment.ProcessId);

    private readonly ModelEngine engine;

    public House()
        : base(disk: null)
    {
        engine = new() { Shared = Faults };
        foreach (var image in new[] { "web:1", "web:2", "db:1", "db:2" })
        {
            engine.AddImage(image, config: new() { Cmd = ["run"], Healthcheck = new() { Test = ["CMD", "true"] } });
        }
    }

    /// <summary>Fifty-five services: every fifth is a store that the four after it wait for.</summary>
    public static Blueprint Before { get; } = Make(Enumerable.Range(0, Services - 5), _ => "1", _ => "a");

    /// <summary>Most change their image or a variable, five are gone, ten are new, a few stay as they are.</summary>
    public static Blueprint After { get; } = Make(Enumerable.Range(5, Services), number => number % 3 == 0 ? "1" : "2", number => number % 6 == 0 ? "a" : "b");

    protected override PlanJson PlanJson => Json;

    public override string Dump() => ModelWorld.Describe(engine) + "\n" + string.Join('\n', engine.VolumeNames.Where(name => !name.StartsWith("anonymous-", StringComparison.Ordinal)));

    public override bool Has(string service, Service wanted) => engine.Containers.Exists(container => container is { IsActive: true, Config: { } config }
        && config.Labels?.GetValueOrDefault("homestack.resource") == "service:" + service && config.Image == wanted.Image.Reference.ToString());

    protected override IPlane NewPlane() => new ContainersPlane(new((_, _) => engine, new ModelSecrets(), new(Files), new(new RealDisk(), new(), ""), new ModelTime()));

    private static Blueprint Make(IEnumerable<int> numbers, Func<int, string> version, Func<int, string> variable)
    {
        var there = numbers.ToHashSet();
        string Name(int number) => number.ToString("app00", CultureInfo.InvariantCulture);
        return new Containers.ModelHome(new(), "krynet").Blueprint(there.Select(number =>
        {
            var store = number - (number % 5);
            var isStore = number == store;
            var settings = (isStore ? Containers.ModelHome.WithVolume(Name(number)) : Containers.ModelHome.On("default", "back")) with
            {
                Environment = new[] { "V" }.ToValueMap(key => key, _ => Text.Literal(variable(number))),
                Ports = number % 7 == 0 ? [new("", 8000 + number, 8000 + number, 80, "tcp")] : [],
            };
            return Containers.ModelHome.Service(Name(number), $"{(isStore ? "db" : "web")}:{version(number)}", settings,
                isStore || !there.Contains(store) ? [] : [(Name(store), number % 2 == 0 ? DependencyCondition.Healthy : DependencyCondition.Started)]);
        }));
    }
}
