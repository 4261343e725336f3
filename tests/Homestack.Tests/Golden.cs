using Homestack.Tests.Architecture;

namespace Homestack.Tests;

/// <summary>Compares text with a file of the repository. With <c>HOMESTACK_ACCEPT=1</c> it writes the file instead.</summary>
internal static class Golden
{
    /// <param name="path">Below the repository's root.</param>
    /// <param name="actual">What the file should hold.</param>
    public static void Check(string path, string actual)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("HOMESTACK_ACCEPT") == "1")
        {
            File.WriteAllText(file, actual);
        }

        var expected = File.Exists(file) ? File.ReadAllText(file) : "";
        if (expected != actual)
        {
            Assert.Fail($"{path} is not what the code says. First difference: {FirstDifference(expected, actual)}\nIf that is right, write the file anew:\n\n    HOMESTACK_ACCEPT=1 artifacts/bin/Homestack.Tests/debug/Homestack.Tests -noLogo\n");
        }
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(left.Length, right.Length)).First(i => i >= left.Length || i >= right.Length || left[i] != right[i]);
        return $"line {line + 1}: \"{left.ElementAtOrDefault(line)}\" should be \"{right.ElementAtOrDefault(line)}\"";
    }
}
