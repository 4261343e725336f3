using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Blueprints.Rendering;
using Homestack.Blueprints.Stacks;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Manifests;
using Homestack.Manifests.Compose;
using Homestack.Planes.Containers;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Plans;
using Homestack.Tests.Blueprints.Rendering;
using Homestack.Tests.Manifests;
using Homestack.Tests.Model;
using Homestack.Tests.Reliability;

namespace Homestack.Tests.Hostile;

/// <summary>Whatever is written into any field is refused with words, or comes out of everything that is generated exactly as it went in.</summary>
public sealed partial class HostileTextTests(ITestOutputHelper output)
{
    /// <summary>Of the three hundred, for each field in the short run: another lot for each, so that together they are all tried many times.</summary>
    private const int LotOfEach = 10;

    private static readonly PlanJson Plans = new([new(JsonTypeInfoResolver.Combine(ContainersJson.Default, EngineJson.Default), typeof(ContainersChange))]);

    [Fact]
    public void Every_field_of_a_stack_takes_every_payload_or_refuses_it()
    {
        var fields = Enumerable.Range(1, Lot.IsLong ? 200 : 12)
            .SelectMany(seed => Field.Of("photos.yaml", ComposeWriter.Write(GeneratedBlueprint.Make(seed), ComposeSecrets.Names).Text)).DistinctBy(field => field.Path).ToArray();
        Assert.True(fields.Length > 150, $"{fields.Length} fields");
        var counts = TryAll(fields, (field, payload) =>
        {
            var text = field.With(payload);
            var (stack, diagnostics) = Load(text);
            if (stack is null)
            {
                Assert.Contains(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
                return false;
            }

            var blueprint = new Blueprint { Home = "krynet", Services = stack.Services, Networks = stack.Networks, Volumes = stack.Volumes, Hosts = new[] { Host.Local }.ToValueMap(name => name, _ => new Host { Engine = "unix:///model" }) };
            IsKept(blueprint);
            Rendered(blueprint);
            return true;
        });
        output.WriteLine($"{fields.Length} fields: {counts.Taken:N0} payloads taken, {counts.Refused:N0} refused, from seed {Lot.Seed}");
        Assert.True(counts is { Taken: > 300, Refused: > 300 });
    }

    [Fact]
    public void Every_field_of_a_manifest_takes_every_payload_or_refuses_it()
    {
        var fields = SampleHomes.All().SelectMany(home => Field.Of("homestack.yaml", home.Files[0].Text).Select(field => (Name: home.Name + " " + field.Path, field, Others: home.Files[1..]))).ToArray();
        Assert.True(fields.Length > 100, $"{fields.Length} fields");
        var counts = TryAll(fields, (place, payload) =>
        {
            var (blueprint, diagnostics) = HomeUnderTest.Build([("homestack.yaml", place.field.With(payload)), .. place.Others]);
            if (blueprint is null)
            {
                Assert.Contains(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
                return false;
            }

            IsKept(blueprint);
            return true;
        });
        output.WriteLine($"{fields.Length} fields: {counts.Taken:N0} payloads taken, {counts.Refused:N0} refused, from seed {Lot.Seed}");
    }

    [Fact]
    public void What_a_container_is_to_run_reaches_the_engine_as_the_same_words()
    {
        foreach (var payload in Payloads.All.Where(payload => !payload.Contains('$') && payload.Length > 0))
        {
            var text = JsonSerializer.Serialize(payload);
            var (stack, diagnostics) = Load($$"""{ "services": { "web": { "image": "a", "command": ["run", {{text}}], "entrypoint": [{{text}}], "environment": { "A": {{text}} }, "labels": { "b": {{text}} }, "healthcheck": { "test": ["CMD", {{text}}] } } } }""");
            if (stack is null)
            {
                Assert.Contains(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
                continue;
            }

            var container = Assert.Single(Compile(new() { Home = "krynet", Services = stack.Services, Networks = stack.Networks }).Containers);
            Assert.Equal(["run", payload], container.Body.Cmd ?? []);
            Assert.Equal([payload], container.Body.Entrypoint ?? []);
            Assert.Equal(payload, container.Environment["A"].Reveal(name => name));
            Assert.Equal(payload, container.Body.Labels?["b"]);
            Assert.Equal(["CMD", payload], container.Body.Healthcheck?.Test ?? []);
        }
    }

    [Fact]
    public void Every_line_of_the_journal_comes_back()
    {
        var disk = new MemoryDisk(new());
        var journal = new Journal(disk, "/journal", TimeProvider.System);
        journal.Begin(1);
        foreach (var payload in Payloads.All)
        {
            journal.Write(new() { Kind = JournalEntryKind.Step, Words = payload, Resource = new("containers", "service", "a" + payload) });
        }

        journal.Close();
        Assert.Equal(Payloads.All.Select(Whole), new Journal(disk, "/journal", TimeProvider.System).Read().Skip(1).Select(entry => entry.Words));
    }

    [Fact]
    public void The_address_of_an_engine_is_never_an_option_of_ssh()
    {
        foreach (var payload in Payloads.All)
        {
            foreach (var address in new[] { payload, "ssh://" + payload, $"ssh://{payload}@nuc", $"ssh://nuc/{payload}", "tcp://" + payload })
            {
                try
                {
                    var endpoint = EngineEndpoint.Parse(address);
                    Assert.All([endpoint.Host, endpoint.User], word => Assert.DoesNotContain(word, letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '\'' or '"' or '`' or '$' or ';'));
                    Assert.False(endpoint.Host.StartsWith('-') || endpoint.User.StartsWith('-'), address);
                }
                catch (MachineException)
                {
                    // Refused with words.
                }
            }
        }
    }

    private static (int Taken, int Refused) TryAll<T>(IReadOnlyList<T> fields, Func<T, string, bool> take)
    {
        var (taken, refused) = (0, 0);
        var failures = new ConcurrentQueue<string>();
        Parallel.ForEach(fields, (field, _, index) =>
        {
            foreach (var payload in Lot.IsLong ? Payloads.All : new Random(Lot.Seed + (int)index).GetItems(Payloads.All.ToArray(), LotOfEach))
            {
                try
                {
                    Interlocked.Increment(ref (take(field, payload) ? ref taken : ref refused));
                }
                catch (Exception failure)
                {
                    failures.Enqueue($"{field} with {JsonSerializer.Serialize(payload)}: {failure.Message}");
                    break;
                }
            }
        });
        Assert.True(failures.IsEmpty, $"HOMESTACK_SEED={Lot.Seed}: {failures.Count} fields fail:\n" + string.Join("\n\n", failures.Take(20)));
        return (taken, refused);
    }

    private static ContainersDesired Compile(Blueprint blueprint) => ContainersCompiler.Compile(blueprint, []);

    /// <summary>Through the file of a plan, and through the body of every request.</summary>
    private static void IsKept(Blueprint blueprint)
    {
        Assert.Equal(blueprint, Plans.ReadBlueprint(Plans.Write(blueprint), []));
        var desired = Compile(blueprint);
        Assert.All(desired.Containers, container => Assert.Equal(container.Body, JsonSerializer.Deserialize(JsonSerializer.Serialize(container.Body, EngineJson.Default.ContainerBody), EngineJson.Default.ContainerBody)));
        Assert.All(desired.Networks, network => Assert.Equal(network.Body, JsonSerializer.Deserialize(JsonSerializer.Serialize(network.Body, EngineJson.Default.NetworkBody), EngineJson.Default.NetworkBody)));
        Assert.All(desired.Volumes, volume => Assert.Equal(volume.Body, JsonSerializer.Deserialize(JsonSerializer.Serialize(volume.Body, EngineJson.Default.VolumeBody), EngineJson.Default.VolumeBody)));
    }

    /// <summary>Through a Compose file.</summary>
    private static void Rendered(Blueprint blueprint)
    {
        var text = ComposeWriter.Write(blueprint, ComposeSecrets.Names).Text;
        var (read, diagnostics) = Load(text);
        Assert.True(read is not null, string.Join('\n', diagnostics) + "\n" + text);
        Assert.Equal(Said(blueprint), Said(blueprint with { Services = read.Services, Networks = read.Networks, Volumes = read.Volumes }));
    }

    /// <remarks>Where it was written does not count, and what was written as nothing was not said.</remarks>
    private static string Said(Blueprint blueprint)
    {
        var text = System.Text.Encoding.UTF8.GetString(Plans.Write(HomeUnderTest.WithoutPlaces(blueprint) with { Networks = ValueMap<Network>.Empty, Volumes = ValueMap<Volume>.Empty }));
        return Nothing().Replace(string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))), "").Replace(",}", "}", StringComparison.Ordinal);
    }

    [GeneratedRegex("\"[A-Za-z0-9]+\":(\"\"|null),?")]
    private static partial Regex Nothing();

    private static (StackBlueprint? Stack, DiagnosticBag Diagnostics) Load(string text)
    {
        var diagnostics = new DiagnosticBag();
        var spec = StackLoader.Load(new MemorySources(("photos.yaml", text)), "photos.yaml", GeneratedBlueprint.Stack, LoadOptions.Empty, diagnostics);
        var built = spec is null || diagnostics.HasErrors ? null : StackBuilder.Build(spec, new("krynet", "/home/ana/home", Host.Local), diagnostics);
        return (diagnostics.HasErrors ? null : built, diagnostics);
    }

    /// <summary>Half a letter cannot be written down; it comes back as the sign for that.</summary>
    private static string Whole(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
