using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Homestack.Machine;

/// <summary>Connections to an engine's socket on another machine through the system's <c>ssh</c>, with agent, configuration and known hosts as the user has them.</summary>
/// <remarks>
/// Each connection is <c>ssh … docker system dial-stdio</c>. Where the other machine has no <c>docker</c> program, one ssh forwards a socket in a private folder
/// to the engine's there, and connections go to that.
/// </remarks>
internal sealed class SshTunnel(EngineEndpoint endpoint) : IDisposable
{
    private const int CommandNotFound = 127;
    private const int LongestComplaint = 600;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly List<Process> processes = [];
    private string forwarded = "";
    private volatile string complaint = "";

    /// <summary>The last words of an ssh that failed; empty when none did.</summary>
    public string Complaint => complaint;

    /// <summary>What a person may type to see the same failure.</summary>
    public string TryCommand => "ssh " + string.Join(' ', Target().Append("docker version"));

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (forwarded.Length == 0)
        {
            var process = Start([.. Options(), .. Target(), "docker", "system", "dial-stdio"]);
            var stream = new ProcessStream(process, ListenAsync(process));
            if (!await EndsAtOnceAsync(process, cancellationToken).ConfigureAwait(false))
            {
                return stream;
            }

            await stream.DisposeAsync().ConfigureAwait(false);
            if (process.ExitCode != CommandNotFound)
            {
                throw new IOException($"ssh ended with {process.ExitCode}.");
            }
        }

        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (forwarded.Length == 0)
            {
                complaint = "";
                forwarded = await ForwardAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            gate.Release();
        }

        return await DialAsync(forwarded, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            Kill(process);
            process.Dispose();
        }

        if (forwarded.Length > 0)
        {
            Directory.Delete(Path.GetDirectoryName(forwarded) ?? forwarded, recursive: true);
        }

        gate.Dispose();
    }

    private static IEnumerable<string> Options() => ["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3"];

    private IEnumerable<string> Target()
    {
        if (endpoint.Port > 0)
        {
            yield return "-p";
            yield return endpoint.Port.ToString(CultureInfo.InvariantCulture);
        }

        yield return "--";
        yield return endpoint.User.Length > 0 ? $"{endpoint.User}@{endpoint.Host}" : endpoint.Host;
    }

    /// <remarks>A missing program on the other side shows within the time of a login; a connection that lives beyond it is used.</remarks>
    private static async Task<bool> EndsAtOnceAsync(Process process, CancellationToken cancellationToken)
    {
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        moment.CancelAfter(TimeSpan.FromMilliseconds(700));
        try
        {
            await process.WaitForExitAsync(moment.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<Stream> DialAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<string> ForwardAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("homestack-ssh-").FullName, "engine.sock");
        var process = Start([.. Options(), "-N", "-o", "ExitOnForwardFailure=yes", "-L", $"{path}:{endpoint.Path}", .. Target()]);
        _ = ListenAsync(process);
        while (!File.Exists(path))
        {
            if (process.HasExited)
            {
                throw new IOException($"ssh ended with {process.ExitCode}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
        }

        return path;
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("ssh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            var process = Process.Start(start) ?? throw new MachineException("ssh", "The program did not start.");
            lock (processes)
            {
                processes.RemoveAll(old => old.HasExited);
                processes.Add(process);
            }

            return process;
        }
        catch (Win32Exception exception)
        {
            throw new MachineException("ssh", $"The program \"ssh\" could not be started: {exception.Message}", "Try: apt-get install openssh-client", MachineFailure.NotFound, exception);
        }
    }

    private async Task ListenAsync(Process process)
    {
        var words = new StringBuilder();
        var piece = new byte[4096];
        try
        {
            while (await process.StandardError.BaseStream.ReadAsync(piece).ConfigureAwait(false) is > 0 and var count)
            {
                words.Append(Encoding.UTF8.GetString(piece, 0, count));
                words.Length = Math.Min(words.Length, LongestComplaint);
                complaint = words.ToString().Trim();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is over; what it said so far is kept.
        }
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

    /// <summary>A program's input and output as one stream; the program ends with it.</summary>
    private sealed class ProcessStream(Process process, Task listening) : Stream
    {
        private readonly Stream input = process.StandardInput.BaseStream;
        private readonly Stream output = process.StandardOutput.BaseStream;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
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
            if (disposing)
            {
                Kill(process);
                _ = listening;
            }

            base.Dispose(disposing);
        }
    }
}
