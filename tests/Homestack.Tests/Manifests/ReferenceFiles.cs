using Homestack.Tests.Architecture;

namespace Homestack.Tests.Manifests;

/// <summary>The annotated reference: documentation and test input at once.</summary>
internal static class ReferenceFiles
{
    public static readonly string Folder = Path.Combine(Repository.Root, "src/Homestack/Manifests/Reference");

    /// <summary>Names without folder, in the order of the manual.</summary>
    public static IReadOnlyList<string> Names() => [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));
}
