namespace Homestack.EndToEnd.Programs;

/// <summary>Where this repository is, found from where the tests were built.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    /// <summary>The command as it is published; <c>./test</c> builds it first.</summary>
    public static string Program
    {
        get
        {
            var program = Path.Combine(Root, "artifacts/homestack/homestack");
            return File.Exists(program) ? program : throw new InvalidOperationException($"{program} is not there: run ./homestack version once.");
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Homestack.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Homestack.slnx was not found above the tests.");
    }
}
