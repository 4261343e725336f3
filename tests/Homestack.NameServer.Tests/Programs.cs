using System.Diagnostics;

namespace Homestack.NameServer.Tests;

/// <summary>Real programs that judge. One that is missing fails the test.</summary>
internal static class Programs
{
    public static string Find(string name) =>
        new[] { "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin" }.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{name} is not installed; these tests need the Debian packages unbound and bind9-dnsutils.");

    public static Process Start(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
    }

    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{name} {string.Join(' ', arguments)}: {output}");
        return output;
    }
}
