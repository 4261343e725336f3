using System.ComponentModel;
using System.Diagnostics;

namespace Homestack.Machine;

/// <summary>Runs programs: an argument list, a time limit, an output limit, no shell.</summary>
public class CommandRunner
{
    /// <summary>Runs one to its end.</summary>
    /// <exception cref="MachineException">It could not be started (<see cref="MachineFailure.NotFound"/> when it is not installed), took too long, or wrote too much.
    /// A non-zero exit code is a result, not an exception.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the program and its children were killed.</exception>
    public virtual async Task<CommandResult> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        using var process = Start(line);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(line.Timeout);

        // A read of a pipe cannot be cancelled; it ends when the writers are gone.
        await using var killing = limit.Token.Register(() => Kill(process)).ConfigureAwait(false);
        try
        {
            var output = ReadAsync(process, process.StandardOutput.BaseStream, line, limit.Token);
            var error = ReadAsync(process, process.StandardError.BaseStream, line, limit.Token);
            await FeedAsync(process, line, limit.Token).ConfigureAwait(false);

            // Not awaited alone: a grandchild that left the tree may hold the pipe for ever.
            await Task.WhenAll(output, error).WaitAsync(limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return new(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Kill(process);
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new MachineException(line.ToString(), $"It took longer than {line.Timeout.TotalSeconds:0} s and was stopped.", kind: MachineFailure.TimedOut, inner: exception);
            }

            throw;
        }
    }

    private static Process Start(CommandLine line)
    {
        var start = new ProcessStartInfo(line.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = line.Folder,
        };
        foreach (var argument in line.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in line.Environment)
        {
            start.Environment[name] = value.Length == 0 ? null : value;
        }

        try
        {
            return Process.Start(start) ?? throw new MachineException(line.ToString(), "The program did not start.");
        }
        catch (Win32Exception exception)
        {
            var kind = exception.NativeErrorCode switch
            {
                LibC.NoEntry => MachineFailure.NotFound,
                LibC.AccessDenied or LibC.NotPermitted => MachineFailure.Denied,
                _ => MachineFailure.Failed,
            };
            throw new MachineException(line.ToString(), $"The program \"{line.Program}\" could not be started: {exception.Message}", kind: kind, inner: exception);
        }
    }

    private static async Task FeedAsync(Process process, CommandLine line, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(line.Input, cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended, or closed its input, before it read everything: its exit code tells whether that was a failure.
        }
    }

    private static async Task<byte[]> ReadAsync(Process process, Stream stream, CommandLine line, CancellationToken cancellationToken)
    {
        var kept = new MemoryStream();
        var piece = new byte[16 << 10];
        while (await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            kept.Write(piece, 0, count);
            if (kept.Length > line.OutputLimit)
            {
                Kill(process);
                throw new MachineException(line.ToString(), $"It wrote more than {line.OutputLimit:N0} bytes and was stopped.");
            }
        }

        return kept.ToArray();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has just ended by itself.
        }
    }
}
