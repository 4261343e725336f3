using System.Diagnostics;
using System.Text;

namespace Homestack.EndToEnd.Programs;

/// <summary>A program of this test run: started from an argument vector with an environment of its own, never through a shell.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const int LargestOutput = 4 << 20;

    private readonly Process process;
    private readonly string command;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Task<string> output;
    private readonly Task<string> error;

    private RunningProgram(Process process, string command)
    {
        this.process = process;
        this.command = command;
        output = ReadAsync(process.StandardOutput);
        error = ReadAsync(process.StandardError);
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>A null value takes the variable away; everything else is as in the test's own environment.</summary>
    public static RunningProgram Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(arguments[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.WorkingDirectory = folder ?? "/";
        foreach (var argument in arguments.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{arguments[0]} did not start.");
        process.StandardInput.Close();
        return new RunningProgram(process, string.Join(' ', arguments));
    }

    /// <summary>Runs to the end; after <paramref name="limit"/> it is killed, and the result says so.</summary>
    public static async Task<CallResult> RunAsync(
        IReadOnlyList<string> arguments, TimeSpan limit, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        await using var program = Start(arguments, environment, folder);
        return await program.EndAsync(limit);
    }

    public async Task<CallResult> EndAsync(TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource(limit);
        var hasTimedOut = false;
        try
        {
            await process.WaitForExitAsync(cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            hasTimedOut = true;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        var took = watch.Elapsed;

        // A child in the background may have kept the streams: it is given a moment to say its last words, not for ever.
        await Task.WhenAny(Task.WhenAll(output, error), Task.Delay(TimeSpan.FromSeconds(2)));
        return new CallResult(command, process.ExitCode, Words(output), Words(error), took, hasTimedOut);
    }

    /// <summary>Sends one signal to this program alone.</summary>
    public void Signal(int number) => Signals.Send(process.Id, number);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static string Words(Task<string> stream) => stream.IsCompletedSuccessfully ? stream.Result : "(the stream is still open)";

    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        try
        {
            for (int count; (count = await reader.ReadAsync(buffer)) > 0;)
            {
                text.Append(buffer, 0, Math.Max(0, Math.Min(count, LargestOutput - text.Length)));
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            text.Append("(cut)");
        }

        return text.ToString();
    }
}
