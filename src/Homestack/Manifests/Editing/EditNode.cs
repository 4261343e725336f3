using Homestack.Collections;

namespace Homestack.Manifests.Editing;

/// <summary>A piece of a YAML file as an editor sees it: where it stands, and where its entries do.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="End">Index after its last; for a block it is not exact and not used.</param>
internal sealed record EditNode(EditNodeKind Kind, int Start, int End)
{
    /// <summary>Of a mapping, in the order of the file.</summary>
    public ValueList<EditEntry> Entries { get; init; } = [];

    public EditEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>One key with its value.</summary>
/// <param name="Key">After unquoting.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Value">What stands there.</param>
internal sealed record EditEntry(string Key, int Start, EditNode Value);

/// <summary>How a piece is written.</summary>
internal enum EditNodeKind
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>A mapping, an entry a line.</summary>
    Block,

    /// <summary>A mapping between braces.</summary>
    Flow,

    /// <summary>A value, a list, or an alias: nothing that an entry could be added to.</summary>
    Other,
}
