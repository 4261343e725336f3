using Homestack.Collections;

namespace Homestack.Fronts;

/// <summary>Where the blocklists are that a <see cref="NamesSnapshot"/> names. Told by the engine beside any plan: published lists change each day, and that is no drift.</summary>
/// <param name="Lists">By source. A source without a list blocks nothing yet.</param>
public sealed record BlocklistsSnapshot(ValueMap<BlocklistFile> Lists)
{
    public const string Slot = "blocklists";

    /// <summary>Most bytes of one list: some two million names.</summary>
    public const int MostBytes = 64 << 20;
}

/// <summary>A list on disk, written by the engine, readable by everybody.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Digest">SHA-256 of its bytes, lower-case hexadecimal: what is there now may be another.</param>
public sealed record BlocklistFile(string Path, string Digest);
