using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Homestack.EndToEnd.Networks;

/// <summary>An application of the tests' own: takes any body, and answers with five bytes, or with as many as the path says, such as <c>/1048576</c>.</summary>
internal sealed class SmallBackend : IDisposable
{
    private const int Piece = 1 << 16;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();

    public SmallBackend()
    {
        listener.Start(2048);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptSocketAsync(end.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream, Encoding.Latin1, false, 1 << 14, leaveOpen: true);
            while (await reader.ReadLineAsync(end.Token) is { Length: > 0 } first)
            {
                var length = 0L;
                var isChunked = false;
                while (await reader.ReadLineAsync(end.Token) is { Length: > 0 } line)
                {
                    length = line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase) ? long.Parse(line.AsSpan(16), CultureInfo.InvariantCulture) : length;
                    isChunked |= line.StartsWith("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);
                }

                await SkipAsync(reader, length, isChunked);
                await AnswerAsync(stream, long.TryParse(first.Split(' ')[1].TrimStart('/'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 5);
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException or FormatException)
        {
        }
    }

    private static async Task SkipAsync(StreamReader reader, long length, bool isChunked)
    {
        var buffer = new char[Piece];
        while (length > 0)
        {
            var count = await reader.ReadAsync(buffer.AsMemory(0, (int)Math.Min(length, buffer.Length)));
            length -= count > 0 ? count : throw new IOException("The body broke off.");
        }

        while (isChunked && await reader.ReadLineAsync() is { } size)
        {
            await SkipAsync(reader, long.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture), false);
            await reader.ReadLineAsync();
            isChunked = size != "0";
        }
    }

    private static async Task AnswerAsync(NetworkStream stream, long size)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n"));
        byte[] piece = [.. head, .. new byte[Math.Min(size, Piece)]];
        await stream.WriteAsync(piece);
        for (var left = size - (piece.Length - head.Length); left > 0; left -= Piece)
        {
            await stream.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, Piece)));
        }
    }
}
