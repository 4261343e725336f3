using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Homestack.Machine;

/// <summary>Small questions to a unix socket of this machine, answered whole. Nothing else: no streams, no redirects.</summary>
/// <remarks>
/// The BCL's client needs about 70 ms of start-up for its first answer, more than everything else that <c>homestack plan</c> does; this one needs 5.
/// Safe to call from several threads: each call takes a connection of its own, and idle ones are used again.
/// <para>Source: RFC 9112 (HTTP/1.1), sections 3 to 7.</para>
/// </remarks>
public sealed class LocalHttp(string socketPath) : IDisposable
{
    private const int MostIdle = 8;

    private const string Head = " HTTP/1.1\r\nHost: local\r\nUser-Agent: homestack\r\nAccept: application/json\r\n";

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly Stack<Socket> idle = new();
    private bool isClosed;

    /// <summary>Asks and waits for the whole answer.</summary>
    /// <param name="target">Begins with <c>/</c>; escaped.</param>
    /// <param name="budget">Most bytes of the body.</param>
    /// <param name="limit">For all of it.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <exception cref="SocketException">Nobody listens, or the conversation broke.</exception>
    /// <exception cref="IOException">The other side hung up, or does not speak HTTP.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    /// <exception cref="InvalidDataException">The answer is larger than it may be.</exception>
    public HttpAnswer Get(string target, int budget, TimeSpan limit, CancellationToken cancellationToken) =>
        Ask(Encoding.ASCII.GetBytes($"GET {target}{Head}\r\n"), budget, limit, cancellationToken);

    /// <summary>Asks with a body. Only for what changes nothing: a connection that was kept too long is tried again.</summary>
    /// <inheritdoc cref="Get"/>
    /// <param name="target">Begins with <c>/</c>; escaped.</param>
    /// <param name="body">All of it.</param>
    /// <param name="budget">Most bytes of the answer's body.</param>
    /// <param name="limit">For all of it.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    public HttpAnswer Post(string target, ReadOnlySpan<byte> body, int budget, TimeSpan limit, CancellationToken cancellationToken) =>
        Ask(WithBody("POST", target, body), budget, limit, cancellationToken);

    /// <summary>Gives a thing a new content, whole. Giving it twice is as giving it once.</summary>
    /// <inheritdoc cref="Post"/>
    public HttpAnswer Put(string target, ReadOnlySpan<byte> body, int budget, TimeSpan limit, CancellationToken cancellationToken) =>
        Ask(WithBody("PUT", target, body), budget, limit, cancellationToken);

    /// <summary>Begins what is told line by line until it is done. On a connection of its own, and asked once: it may change something.</summary>
    /// <param name="target">Begins with <c>/</c>; escaped.</param>
    /// <param name="body">All of it.</param>
    /// <param name="limit">Until the answer begins.</param>
    /// <param name="cancellationToken">The caller gives up: the connection ends, which tells the other side.</param>
    /// <exception cref="SocketException">Nobody listens, or the conversation broke.</exception>
    /// <exception cref="IOException">The other side hung up, or does not speak HTTP.</exception>
    /// <exception cref="TimeoutException">It did not begin in time.</exception>
    public HttpLines PostForLines(string target, ReadOnlySpan<byte> body, TimeSpan limit, CancellationToken cancellationToken)
    {
        var request = WithBody("POST", target, body);
        var socket = Connect();
        try
        {
            return new(socket, request, limit, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static byte[] WithBody(string method, string target, ReadOnlySpan<byte> body) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{method} {target}{Head}Content-Length: {body.Length}\r\n\r\n")), .. body];

    private HttpAnswer Ask(byte[] request, int budget, TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        for (var kept = Take(); kept is not null; kept = Take())
        {
            if (Ask(kept, request, budget, deadline, mayBeStale: true, cancellationToken) is { } answer)
            {
                return answer;
            }
        }

        return Ask(Connect(), request, budget, deadline, mayBeStale: false, cancellationToken) ?? throw new IOException("The other side hung up without an answer.");
    }

    public void Dispose()
    {
        lock (idle)
        {
            isClosed = true;
            while (idle.TryPop(out var socket))
            {
                socket.Dispose();
            }
        }
    }

    /// <returns>Null when the connection was kept too long and the other side has closed it: nothing was asked then.</returns>
    private HttpAnswer? Ask(Socket socket, byte[] request, int budget, long deadline, bool mayBeStale, CancellationToken cancellationToken)
    {
        var isKept = false;
        using var abort = cancellationToken.UnsafeRegister(static state => ((Socket?)state)?.Dispose(), socket);
        var reader = new HttpConversation(socket, deadline);
        try
        {
            socket.Send(request);
            var answer = reader.ReadAnswer(budget);
            isKept = reader.IsReusable;
            return answer;
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (mayBeStale && !reader.HasBegun && exception is not SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock })
            {
                return null;
            }

            throw HttpConversation.Explain(exception);
        }
        finally
        {
            if (!isKept || !Keep(socket))
            {
                socket.Dispose();
            }
        }
    }

    private Socket Connect()
    {
        // On Linux the send limit also bounds connecting to a unix socket whose listener is stuck.
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendTimeout = (int)ConnectLimit.TotalMilliseconds };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            return socket;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            throw exception is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock } ? new TimeoutException("Nobody took the call.", exception) : exception;
        }
    }

    private Socket? Take()
    {
        lock (idle)
        {
            return idle.TryPop(out var socket) ? socket : null;
        }
    }

    private bool Keep(Socket socket)
    {
        lock (idle)
        {
            if (isClosed || idle.Count >= MostIdle)
            {
                return false;
            }

            idle.Push(socket);
            return true;
        }
    }
}
