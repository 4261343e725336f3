using System.Security.Cryptography;
using System.Text;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Planes;
using Homestack.Primitives;

namespace Homestack.Tests.Model;

internal sealed record BoxesDesired(ValueMap<string> Boxes, ValueMap<ValueList<string>> After);

internal sealed record BoxesObserved(ValueMap<string> Boxes) : IResolvesImages
{
    public ValueMap<ImagePin> ResolveImages() =>
        Boxes.Where(box => !box.Key.EndsWith(".old", StringComparison.Ordinal)).ToValueMap(box => box.Key, box => new ImagePin("sha256:" + box.Value, ""));
}

/// <summary>A plane over <see cref="BoxWorld"/> with the shape of the real one: several calls for each resource, an old one kept until the new one is well, a way back.</summary>
internal sealed class BoxesPlane(BoxWorld world, Faults faults) : Plane<BoxesDesired, BoxesObserved, BoxesChange>
{
    public static readonly PlaneJson Json = new(BoxesJson.Default, typeof(BoxesChange));

    public override string Name => "boxes";

    public override BoxesDesired Compile(Blueprint blueprint, DiagnosticBag diagnostics) => new(
        blueprint.Services.ToValueMap(pair => pair.Key, pair => pair.Value.Image.Pin is { } pin ? pin.ImageId["sha256:".Length..] : pair.Value.Image.Reference.ToString()),
        blueprint.Services.ToValueMap(pair => pair.Key, pair => pair.Value.DependsOn.Keys.ToValueList()));

    public override Task<BoxesObserved> ObserveAsync(BoxesDesired desired, CancellationToken cancellationToken) =>
        Task.FromResult(faults.Call("observe", () => new BoxesObserved(world.Boxes.ToValueMap())));

    public override ValueList<ResourceChange> Diff(BoxesDesired desired, BoxesObserved observed, DiagnosticBag diagnostics) =>
        desired.Boxes.Keys.Concat(observed.Boxes.Keys.Select(name => name.Replace(".old", "", StringComparison.Ordinal))).Distinct()
            .Select(name => Diff(name, desired, observed)).OfType<ResourceChange>().ToValueList();

    public override Task ApplyAsync(BoxesChange change, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        faults.Call(change.Summary, () =>
        {
            world.Do(change);
            return true;
        });
        return Task.CompletedTask;
    }

    public override string Fingerprint(BoxesObserved observed) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(observed.Boxes.ToString())));

    private static ResourceChange? Diff(string name, BoxesDesired desired, BoxesObserved observed)
    {
        var spare = name + ".old";
        var hasSpare = observed.Boxes.ContainsKey(spare);
        var isThere = observed.Boxes.TryGetValue(name, out var there);
        if (!desired.Boxes.TryGetValue(name, out var wanted))
        {
            return new() { Resource = Id(name), Action = ChangeAction.Delete, Cause = "it is no longer declared", Steps = [new RemoveBox(name), new RemoveBox(spare)] };
        }

        if (there == wanted && !hasSpare)
        {
            return null;
        }

        var steps = new List<Change>();
        if (there != wanted)
        {
            steps.AddRange(isThere ? [hasSpare ? new RemoveBox(name) : new RenameBox(name, spare)] : []);
            steps.Add(new MakeBox(name, wanted));
        }

        steps.Add(new CheckBox(name));
        steps.AddRange(isThere || hasSpare ? [new RemoveBox(spare)] : []);
        return new()
        {
            Resource = Id(name),
            Action = isThere ? ChangeAction.Replace : ChangeAction.Create,
            Cause = $"{there ?? "nothing"} → {wanted}",
            After = desired.After[name].Select(Id).ToValueList(),
            Steps = steps.ToValueList(),
            Undo = isThere || hasSpare ? [new RemoveBox(name, OnlyWhile: spare), new RenameBox(spare, name)] : [new RemoveBox(name)],
        };
    }

    private static ResourceId Id(string name) => new("boxes", "box", name);
}
