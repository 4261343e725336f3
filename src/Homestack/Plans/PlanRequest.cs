using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes;

namespace Homestack.Plans;

/// <summary>Everything a plan is made of. The members mean what they mean on <see cref="Plan"/>.</summary>
public sealed record PlanRequest
{
    public required Blueprint Blueprint { get; init; }

    public string Folder { get; init; } = "";

    public ValueList<PlanSource> Sources { get; init; } = [];

    public int BasedOn { get; init; }

    public int RollbackTo { get; init; }

    /// <summary>Fingerprint of what was observed, by plane.</summary>
    public ValueMap<string> Observed { get; init; } = ValueMap<string>.Empty;

    /// <summary>The changes of all planes, in any order.</summary>
    public required ValueList<ResourceChange> Changes { get; init; }
}
