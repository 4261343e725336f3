using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Homestack.Machine;

/// <summary>A program's input and output as one stream; the program ends with it. What it complains about is kept.</summary>
internal sealed class ProgramStream : Stream
{
    private const int LongestComplaint = 8 << 10;

    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromSeconds(1);

    private readonly Process process;
    private readonly Stream input;
    private readonly Stream output;
    private readonly Task listening;
    private readonly StringBuilder words = new();
    private int isDisposed;

    private ProgramStream(Process process)
    {
        this.process = process;
        input = process.StandardInput.BaseStream;
        output = process.StandardOutput.BaseStream;
        listening = ListenAsync(process.StandardError.BaseStream);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public bool HasEnded => Volatile.Read(ref isDisposed) != 0 || process.HasExited;

    /// <exception cref="MachineException">It is not installed.</exception>
    public static ProgramStream Start(string program, string package, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new(Process.Start(start) ?? throw new MachineException(program, "The program did not start."));
        }
        catch (Win32Exception exception)
        {
            throw new MachineException(program, $"The program \"{program}\" could not be started: {exception.Message}", $"Try: apt-get install {package}", MachineFailure.NotFound, exception);
        }
    }

    /// <summary>Waits for its end: the exit code and what it complained about. A child that goes on may hold its error stream, so that is not waited for long.</summary>
    public async Task<(int ExitCode, string Words)> EndAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAny(listening, Task.Delay(LastWordsLimit, cancellationToken)).ConfigureAwait(false);
        lock (words)
        {
            return (process.ExitCode, words.ToString().Trim());
        }
    }

    public override void Flush() => input.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => input.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => output.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => output.ReadAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count)
    {
        input.Write(buffer, offset, count);
        input.Flush();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await input.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        await input.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref isDisposed, 1) == 0)
        {
            try
            {
                process.Kill(entireProcessTree: true);
            }
            catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
            {
                // It has just ended by itself.
            }

            process.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task ListenAsync(Stream error)
    {
        var piece = new byte[4096];
        try
        {
            while (await error.ReadAsync(piece).ConfigureAwait(false) is > 0 and var count)
            {
                lock (words)
                {
                    words.Append(Encoding.UTF8.GetString(piece, 0, Math.Min(count, Math.Max(0, LongestComplaint - words.Length))));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The connection is over; what it said so far is kept.
        }
    }
}
