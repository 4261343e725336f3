using System.Net.Sockets;
using System.Text;

namespace Homestack.Machine;

/// <summary>An answer over HTTP that is told line by line, for as long as it takes. For one reader.</summary>
public sealed class HttpLines : IDisposable
{
    private const int RefusalBudget = 1 << 20;

    private readonly Socket socket;
    private readonly HttpConversation reader;
    private readonly CancellationTokenRegistration abort;
    private readonly CancellationToken cancellationToken;
    private readonly MemoryStream line = new();
    private byte[] piece = [];
    private int read;

    internal HttpLines(Socket socket, byte[] request, TimeSpan limit, CancellationToken cancellationToken)
    {
        this.socket = socket;
        this.cancellationToken = cancellationToken;
        abort = cancellationToken.UnsafeRegister(static state => ((Socket?)state)?.Dispose(), socket);
        reader = new(socket, Environment.TickCount64 + (long)limit.TotalMilliseconds);
        Answer = Try(() =>
        {
            socket.Send(request);
            var start = reader.ReadStart();
            return start.Status == 200 ? start : reader.ReadBody(start, RefusalBudget);
        });
        reader.WaitForEver();
    }

    /// <summary>The head when the lines follow; all of it when the status is not 200.</summary>
    public HttpAnswer Answer { get; }

    /// <summary>The next line without its end, in bytes as they came; null after the last.</summary>
    /// <param name="budget">Most bytes of a line.</param>
    /// <exception cref="SocketException">The conversation broke.</exception>
    /// <exception cref="IOException">The other side hung up in the middle.</exception>
    /// <exception cref="InvalidDataException">A line is longer than it may be.</exception>
    public string? Next(int budget)
    {
        while (true)
        {
            var end = Array.IndexOf(piece, (byte)'\n', read);
            line.Write(piece, read, (end < 0 ? piece.Length : end) - read);
            if (line.Length > budget)
            {
                throw new InvalidDataException("A line of the answer is too long.");
            }

            if (end >= 0)
            {
                read = end + 1;
                var text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
                line.SetLength(0);
                return text;
            }

            read = 0;
            piece = Try(() => reader.ReadChunk(budget)) ?? [];
            if (piece.Length == 0)
            {
                return null;
            }
        }
    }

    public void Dispose()
    {
        abort.Dispose();
        socket.Dispose();
        line.Dispose();
    }

    private T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw HttpConversation.Explain(exception);
        }
    }
}
