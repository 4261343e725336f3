using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes;
using Homestack.Planes.Certificates;
using Homestack.Planes.Containers;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Planes.Ingress;
using Homestack.Planes.Names;
using Homestack.Plans;
using Homestack.Tests.Model;

namespace Homestack.Tests.Plans;

/// <summary>Whatever a plan can hold comes back from its file as it was: every member of every noun and of every change, set to something that is not its default.</summary>
public sealed class PlanJsonProperties
{
    private static readonly PlanJson Json = new([
        new(JsonTypeInfoResolver.Combine(ContainersJson.Default, EngineJson.Default), typeof(ContainersChange)),
        new(IngressJson.Default, typeof(IngressChange)),
        new(NamesJson.Default, typeof(NamesChange)),
        new(CertificatesJson.Default, typeof(CertificatesChange)),
    ]);

    private static readonly Type[] Sets = [typeof(ContainersChange), typeof(IngressChange), typeof(NamesChange), typeof(CertificatesChange)];

    public static TheoryData<string> Cases() => [.. Sets.SelectMany(set => set.GetCustomAttributes<JsonDerivedTypeAttribute>()).Select(known => known.DerivedType.Name)];

    [Theory, MemberData(nameof(Cases))]
    public void Every_change_comes_back_as_it_was(string name)
    {
        var type = Sets.SelectMany(set => set.GetCustomAttributes<JsonDerivedTypeAttribute>()).Single(known => known.DerivedType.Name == name).DerivedType;
        var change = Assert.IsAssignableFrom<Change>(Sample.Of(type));
        var sample = Assert.IsType<ResourceChange>(Sample.Of(typeof(ResourceChange))) with { After = [new("containers", "network", "a/b")], Steps = [change, change], Undo = [change] };
        var plan = PlannerTests.Plan(sample) with { Observed = ValueMap<string>.Empty.With("containers", "1") };

        Assert.Equal(plan, Json.Read(Json.Write(plan), []));
    }

    [Fact]
    public void Every_member_of_a_blueprint_comes_back_as_it_was()
    {
        var blueprint = Assert.IsType<Blueprint>(Sample.Of(typeof(Blueprint)));

        Assert.Equal(blueprint, Json.ReadBlueprint(Json.Write(blueprint), []));
        Assert.NotEqual(new Blueprint { Home = "x:1" }, blueprint);
    }
}
