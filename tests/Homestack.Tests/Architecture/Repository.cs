namespace Homestack.Tests.Architecture;

/// <summary>The files of this repository, found from where the tests were built.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    /// <summary>Every C# file of one source folder as (path below that folder with forward slashes, text).</summary>
    public static IReadOnlyList<(string Path, string Text)> CSharpFiles(string folder)
    {
        var top = System.IO.Path.Combine(Root, folder);
        return [.. Directory.EnumerateFiles(top, "*.cs", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(top, file).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.ReadAllText(System.IO.Path.Combine(top, path))))];
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Homestack.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Homestack.slnx was not found above the tests.");
    }
}
