using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Homestack.Machine;

/// <summary>Connections to an engine's socket on another machine through the system's <c>ssh</c>, with agent, configuration and known hosts as the user has them.</summary>
/// <remarks>
/// Each connection is <c>ssh … docker system dial-stdio</c>. Where the other machine has no <c>docker</c> program, one ssh forwards a socket in a private folder
/// to the engine's there, and connections go to that. The first connection finds out which of the two it is.
/// </remarks>
internal sealed class SshTunnel(EngineEndpoint endpoint) : IDisposable
{
    private const int CommandNotFound = 127;
    private const int GreetingBudget = 8 << 10;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"homestack-ssh-{Path.GetRandomFileName()}");
    private Way way;
    private ProgramStream? forwarder;

    private enum Way
    {
        NotKnown,
        Docker,
        Forward,
    }

    /// <summary>How a person gets there: what follows <c>ssh</c>.</summary>
    public string Target => string.Join(' ', Port().Append(Destination));

    private string Destination => endpoint.User.Length > 0 ? $"{endpoint.User}@{endpoint.Host}" : endpoint.Host;

    private string ForwardedSocket => folder + "/engine.sock";

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (way == Way.NotKnown || (way == Way.Forward && forwarder is not { HasEnded: false }))
        {
            await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (way == Way.NotKnown && await FirstAsync(cancellationToken).ConfigureAwait(false) is { } first)
                {
                    return first;
                }

                if (way == Way.Forward && forwarder is not { HasEnded: false })
                {
                    forwarder?.Dispose();
                    forwarder = await ForwardAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                gate.Release();
            }
        }

        return way == Way.Docker ? Dial() : await DialForwardedAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        forwarder?.Dispose();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        gate.Dispose();
    }

    private static IEnumerable<string> Options() => ["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3"];

    /// <summary>A connection on which the engine has answered; null when there is no docker program on the other side, so that forwarding is the way.</summary>
    private async Task<Stream?> FirstAsync(CancellationToken cancellationToken)
    {
        var stream = Dial();
        try
        {
            if (await IsGreetedAsync(stream, cancellationToken).ConfigureAwait(false))
            {
                way = Way.Docker;
                return stream;
            }

            var (exitCode, words) = await stream.EndAsync(cancellationToken).ConfigureAwait(false);
            if (exitCode != CommandNotFound)
            {
                throw SshFailure.Of(Target, endpoint.Host, exitCode, words);
            }

            way = Way.Forward;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>Asks for a sign of life and reads its answer, which has no body, so that the connection can be used for what was wanted.</summary>
    /// <returns>False when the other side ended instead.</returns>
    private async Task<bool> IsGreetedAsync(ProgramStream stream, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync("HEAD /_ping HTTP/1.1\r\nHost: engine\r\n\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return false;
        }

        var answer = new byte[GreetingBudget];
        var length = 0;
        while (length < answer.Length && await stream.ReadAsync(answer.AsMemory(length), cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            length += count;
            var begin = answer.AsSpan(0, length);
            if (!begin[..Math.Min(length, 5)].SequenceEqual("HTTP/"u8[..Math.Min(length, 5)]))
            {
                throw new MachineException($"ssh {Target}", $"The shell on {endpoint.Host} prints something before the engine can: {Encoding.UTF8.GetString(begin[..Math.Min(length, 80)]).Trim()}",
                    $"Let its start-up files print nothing without a terminal. Try: ssh {Target} true");
            }

            if (begin.EndsWith("\r\n\r\n"u8))
            {
                return true;
            }
        }

        return false;
    }

    private ProgramStream Dial() => ProgramStream.Start("ssh", "openssh-client",
        [.. Options(), .. Port(), "--", Destination, "docker", .. endpoint.Path.Length > 0 ? new[] { "--host", "unix://" + endpoint.Path } : [], "system", "dial-stdio"]);

    private async Task<ProgramStream> ForwardAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Delete(ForwardedSocket);
        var there = endpoint.Path.Length > 0 ? endpoint.Path : EngineEndpoint.UsualSocket;
        var program = ProgramStream.Start("ssh", "openssh-client", [.. Options(), "-N", "-o", "ExitOnForwardFailure=yes", "-L", $"{ForwardedSocket}:{there}", .. Port(), "--", Destination]);
        try
        {
            while (!File.Exists(ForwardedSocket))
            {
                if (program.HasEnded)
                {
                    var (exitCode, words) = await program.EndAsync(cancellationToken).ConfigureAwait(false);
                    throw SshFailure.Of(Target, endpoint.Host, exitCode, words);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await program.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return program;
    }

    private async Task<Stream> DialForwardedAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(ForwardedSocket), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string[] Port() => endpoint.Port > 0 ? ["-p", endpoint.Port.ToString(CultureInfo.InvariantCulture)] : [];
}
