namespace Homestack.Manifests.Yaml;

/// <summary>How much a file may ask of us. Ten times what the largest published Compose files need.</summary>
public static class YamlBudget
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const long FileBytes = 4 << 20;

    /// <summary>Deepest nesting.</summary>
    public const int Depth = 64;

    /// <summary>Most nodes in one file, with every alias written out.</summary>
    public const int Nodes = 100_000;
}
