using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Homestack.Machine;

/// <summary>Reads one answer over HTTP/1.1 from a connection, within a deadline and a budget.</summary>
/// <param name="socket">The request was sent on it.</param>
/// <param name="deadline">As <see cref="Environment.TickCount64"/> counts.</param>
internal sealed class HttpConversation(Socket socket, long deadline)
{
    private const int HeadBudget = 32 << 10;

    private byte[] buffer = new byte[16 << 10];
    private int begin;
    private int end;

    /// <summary>At least one byte of the answer has come.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The answer was read to its end and the other side goes on listening.</summary>
    public bool IsReusable { get; private set; }

    /// <summary>What a broken conversation is for the caller.</summary>
    public static Exception Explain(Exception exception) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock } => new TimeoutException("No answer in time.", exception),
        ObjectDisposedException => new IOException("The connection was closed.", exception),
        _ => exception,
    };

    /// <summary>From now on the other side may take as long as it likes.</summary>
    public void WaitForEver() => deadline = long.MaxValue;

    public HttpAnswer ReadAnswer(int budget) => ReadBody(ReadStart(), budget);

    /// <summary>The head of an answer, whose body is still to be read.</summary>
    public HttpAnswer ReadStart()
    {
        var head = ReadHead();
        var status = head.StartsWith("HTTP/1.", StringComparison.Ordinal) && head.Length >= 12 && int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code : throw new IOException("The answer is not HTTP.");
        return new(status, head, []);
    }

    /// <param name="answer">Its head.</param>
    /// <param name="budget">Most bytes.</param>
    public HttpAnswer ReadBody(HttpAnswer answer, int budget)
    {
        var head = answer.Head;
        var isChunked = answer.Header("Transfer-Encoding").Contains("chunked", StringComparison.OrdinalIgnoreCase);
        var length = answer.Header("Content-Length");
        var stays = head.StartsWith("HTTP/1.1", StringComparison.Ordinal) && !answer.Header("Connection").Contains("close", StringComparison.OrdinalIgnoreCase);
        byte[] body;
        if (isChunked)
        {
            body = ReadChunks(budget);
        }
        else if (length.Length > 0)
        {
            body = int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? ReadBytes(Within(count, budget)) : throw new IOException("The answer has no length that makes sense.");
        }
        else if (answer.Status is 204 or 304)
        {
            body = [];
        }
        else
        {
            body = ReadToEnd(budget);
            stays = false;
        }

        IsReusable = stays && begin == end;
        return answer with { Body = body };
    }

    private string ReadHead()
    {
        while (true)
        {
            var found = buffer.AsSpan(begin, end - begin).IndexOf("\r\n\r\n"u8);
            if (found >= 0)
            {
                var head = Encoding.Latin1.GetString(buffer, begin, found + 2);
                begin += found + 4;
                return head;
            }

            Fill(Within(end - begin + 1, HeadBudget));
        }
    }

    private byte[] ReadChunks(int budget)
    {
        var body = new MemoryStream();
        while (ReadChunk(budget - body.Length) is { } piece)
        {
            body.Write(piece);
        }

        return body.ToArray();
    }

    /// <summary>The next piece of a body that comes in pieces, with no more to wait for than the other side takes; null at its end.</summary>
    /// <param name="budget">Most bytes.</param>
    public byte[]? ReadChunk(long budget)
    {
        var line = ReadLine();
        var words = line.AsSpan(0, line.IndexOf(';', StringComparison.Ordinal) is >= 0 and var extension ? extension : line.Length).Trim();
        if (!int.TryParse(words, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count) || count < 0)
        {
            throw new IOException("A piece of the answer has no length that makes sense.");
        }

        if (count == 0)
        {
            while (ReadLine().Length > 0)
            {
                // Trailers say nothing that we need.
            }

            return null;
        }

        var piece = ReadBytes(Within(count, budget));
        return ReadLine().Length == 0 ? piece : throw new IOException("A piece of the answer does not end where it said.");
    }

    private string ReadLine()
    {
        while (true)
        {
            var found = buffer.AsSpan(begin, end - begin).IndexOf("\r\n"u8);
            if (found >= 0)
            {
                var line = Encoding.Latin1.GetString(buffer, begin, found);
                begin += found + 2;
                return line;
            }

            Fill(Within(end - begin + 1, HeadBudget));
        }
    }

    private byte[] ReadBytes(int count)
    {
        var bytes = new byte[count];
        var done = Math.Min(count, end - begin);
        buffer.AsSpan(begin, done).CopyTo(bytes);
        begin += done;
        while (done < count)
        {
            done += Receive(bytes, done, count - done) is > 0 and var more ? more : throw new IOException("The other side hung up in the middle of an answer.");
        }

        return bytes;
    }

    private byte[] ReadToEnd(int budget)
    {
        var body = new MemoryStream();
        body.Write(buffer, begin, end - begin);
        begin = end = 0;
        while (Receive(buffer, 0, buffer.Length) is > 0 and var count)
        {
            body.Write(buffer, 0, count);
            _ = Within(body.Length, budget);
        }

        return body.ToArray();
    }

    /// <summary>Makes room for at least so many bytes and receives some.</summary>
    private void Fill(int wanted)
    {
        if (begin > 0)
        {
            buffer.AsSpan(begin, end - begin).CopyTo(buffer);
            end -= begin;
            begin = 0;
        }

        if (wanted > buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        end += Receive(buffer, end, buffer.Length - end) is > 0 and var count ? count : throw new IOException("The other side hung up in the middle of an answer.");
    }

    private int Receive(byte[] into, int offset, int count)
    {
        var left = deadline - Environment.TickCount64;
        if (left <= 0)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }

        socket.ReceiveTimeout = (int)Math.Min(left, int.MaxValue);
        var received = socket.Receive(into, offset, count, SocketFlags.None);
        HasBegun |= received > 0;
        return received;
    }

    private static int Within(long count, long budget) =>
        count <= budget ? (int)count : throw new InvalidDataException($"The answer has more than {budget.ToString("N0", CultureInfo.InvariantCulture)} bytes.");
}
