using System.Text;
using System.Text.Json;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Fronts;
using Homestack.Machine;
using Homestack.Manifests;
using Homestack.Planes.Containers;
using Homestack.Planes.Ingress;
using Homestack.Planes.Names;
using Homestack.Plans;

namespace Homestack.Tests.Cases;

/// <summary>Takes one story through every stage, on a container engine in memory.</summary>
internal sealed class CaseRun
{
    private static readonly PlanJson Json = new([new(ContainersJson.Default, typeof(ContainersChange))]);

    private readonly string folder;
    private readonly CaseWorld world = new();
    private readonly DiagnosticBag diagnostics = new();
    private readonly SortedDictionary<string, string> made = new(StringComparer.Ordinal);

    private CaseRun(string folder) => this.folder = folder;

    /// <summary>Name of the expected file → its text.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var run = new CaseRun(folder);
        await run.RunAsync(cancellationToken);
        run.made["diagnostics.txt"] = string.Concat(run.diagnostics.Select(diagnostic => run.Placeless(diagnostic.ToString()) + "\n"));
        return run.made;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path.Combine(folder, "before")))
        {
            var before = Build("before", new()) ?? throw new InvalidOperationException("The world before is not a valid home.");
            await world.CarryOutAsync(await PlanAsync(before, new(), cancellationToken) ?? throw new InvalidOperationException("The world before cannot be made."), cancellationToken);
        }

        if (Build("home", diagnostics) is not { } blueprint)
        {
            return;
        }

        made["blueprint.json"] = Pretty(Json.Write(blueprint));
        var script = Path.Combine(folder, "world.txt");
        foreach (var line in File.Exists(script) ? await File.ReadAllLinesAsync(script, cancellationToken) : [])
        {
            if (line.Split(' ') is ["crash", "after", var word])
            {
                var plan = await PlanAsync(blueprint, new(), cancellationToken) ?? throw new InvalidOperationException("There is nothing to crash in.");
                await world.CrashAfterAsync(plan, word, cancellationToken);
            }
            else
            {
                world.Happens(line);
            }
        }

        var desired = ContainersCompiler.Compile(blueprint, new());
        made["containers.json"] = Pretty(JsonSerializer.SerializeToUtf8Bytes(desired, ContainersJson.Default.ContainersDesired));
        if (IngressCompiler.Compile(blueprint, isRoot: true, diagnostics).Snapshot is { Routes.Count: > 0 } ingress)
        {
            made["ingress.json"] = Pretty(Snapshots.Write(ingress));
        }

        if (NamesCompiler.Compile(blueprint, isRoot: true, diagnostics).Snapshot is { Listen.Count: > 0 } names)
        {
            made["names.json"] = Pretty(Snapshots.Write(names));
        }

        if (await PlanAsync(blueprint, diagnostics, cancellationToken) is { } planned)
        {
            made["plan.txt"] = Placeless(PlanText.Write(planned));
        }
    }

    private Blueprint? Build(string part, DiagnosticBag bag)
    {
        var home = Path.Combine(folder, part);
        var manifest = ManifestLoader.Load(new DiskSourceReader(home), LoadOptions.Empty, bag);
        var blueprint = manifest is null || bag.HasErrors ? null : BlueprintBuilder.Build(manifest, home, bag);
        return bag.HasErrors ? null : blueprint;
    }

    private async Task<Plan?> PlanAsync(Blueprint blueprint, DiagnosticBag bag, CancellationToken cancellationToken)
    {
        world.Offer(blueprint);
        var plane = world.Plane;
        var desired = plane.Compile(blueprint, bag);
        var observed = await plane.ObserveAsync(desired, cancellationToken);
        var request = new PlanRequest
        {
            Blueprint = blueprint,
            Observed = ValueMap<string>.Empty.With(plane.Name, plane.Fingerprint(observed)),
            BasedOn = 0,
            Changes = plane.Diff(desired, observed, bag),
        };
        return bag.HasErrors ? null : Planner.Plan(request, bag);
    }

    private string Pretty(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.WriteTo(writer);
        }

        return Placeless(Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    /// <summary>Where the repository lies differs from machine to machine.</summary>
    private string Placeless(string text) => text.Replace(folder, "/srv", StringComparison.Ordinal);
}
