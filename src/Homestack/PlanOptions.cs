using Homestack.Collections;
using Homestack.Plans;

namespace Homestack;

/// <summary>What a plan carries besides the blueprint.</summary>
public sealed record PlanOptions
{
    /// <summary>Absolute folder of the home.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Every file that was read.</summary>
    public ValueList<PlanSource> Sources { get; init; } = [];

    /// <summary>Generation whose blueprint this is; 0 for none.</summary>
    public int RollbackTo { get; init; }
}
