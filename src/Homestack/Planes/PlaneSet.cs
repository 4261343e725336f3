using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Planes;

/// <summary>All planes of a home, asked together. The order of the list carries no meaning.</summary>
public sealed class PlaneSet(IReadOnlyList<IPlane> planes)
{
    /// <summary>What must be, by plane.</summary>
    public ValueMap<object> Compile(Blueprint blueprint, DiagnosticBag diagnostics) => planes.ToValueMap(plane => plane.Name, plane => plane.Compile(blueprint, diagnostics));

    /// <summary>What is, by plane; all are looked at at once.</summary>
    public async Task<ValueMap<object>> ObserveAsync(ValueMap<object> desired, CancellationToken cancellationToken)
    {
        var observed = await Task.WhenAll(planes.Select(plane => plane.ObserveAsync(desired[plane.Name], cancellationToken))).ConfigureAwait(false);
        return planes.Zip(observed).ToValueMap(pair => pair.First.Name, pair => pair.Second);
    }

    public ValueList<ResourceChange> Diff(ValueMap<object> desired, ValueMap<object> observed, DiagnosticBag diagnostics) =>
        planes.SelectMany(plane => plane.Diff(desired[plane.Name], observed[plane.Name], diagnostics)).ToValueList();

    /// <summary>A digest of what was observed, by plane.</summary>
    public ValueMap<string> Fingerprint(ValueMap<object> observed) => planes.ToValueMap(plane => plane.Name, plane => plane.Fingerprint(observed[plane.Name]));

    /// <summary>Which image each service runs.</summary>
    public static ValueMap<ImagePin> ResolveImages(ValueMap<object> observed) => observed.Values.OfType<IResolvesImages>().SelectMany(plane => plane.ResolveImages()).ToValueMap();

    /// <param name="plane">Whose change it is.</param>
    /// <param name="change">The call.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="Machine.MachineException">It failed.</exception>
    public Task ApplyAsync(string plane, Change change, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        planes.First(known => known.Name == plane).ApplyAsync(change, progress, cancellationToken);

    public bool Has(string plane) => planes.Any(known => known.Name == plane);
}
