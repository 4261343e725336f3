using System.Runtime.CompilerServices;

namespace Homestack.Cli.Tests;

/// <summary>Compares with a file beside the test. With <c>HOMESTACK_ACCEPT=1</c> it writes the file instead.</summary>
internal static class Golden
{
    public static void Matches(string name, string actual, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test) ?? "", "Golden", name);
        if (Environment.GetEnvironmentVariable("HOMESTACK_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }
}
