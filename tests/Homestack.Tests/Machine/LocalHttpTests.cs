using System.Net.Sockets;
using System.Text;
using Homestack.Machine;

namespace Homestack.Tests.Machine;

public sealed class LocalHttpTests : IDisposable
{
    private const int Budget = 1 << 16;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder folder = new();

    private string Path => folder.At("s");

    [Fact]
    public void An_answer_with_a_length_is_read_with_its_headers()
    {
        using var server = new Server(Path, ["HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK"]);
        using var http = new LocalHttp(Path);

        var answer = http.Get("/_ping", Budget, Limit, TestContext.Current.CancellationToken);

        Assert.Equal(200, answer.Status);
        Assert.Equal("1.41", answer.Header("api-version"));
        Assert.Equal("", answer.Header("server"));
        Assert.Equal("OK", Encoding.UTF8.GetString(answer.Body));
    }

    [Fact]
    public void Pieces_are_put_together_however_they_arrive()
    {
        var body = new string('x', 40_000);
        using var server = new Server(Path, ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chu", $"nked\r\n\r\n9c40\r\n{body}\r", "\n3;note=1\r\nabc\r\n0", "\r\nTrailer: 1\r\n\r\n"]);
        using var http = new LocalHttp(Path);

        var answer = http.Get("/", Budget, Limit, TestContext.Current.CancellationToken);

        Assert.Equal(body + "abc", Encoding.UTF8.GetString(answer.Body));
    }

    [Fact]
    public void Lines_come_one_by_one_however_they_arrive()
    {
        using var server = new Server(Path, ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\nb\r\n", "4\r\nb\n\n\n\r\n0\r\n\r\n"]);
        using var http = new LocalHttp(Path);
        using var lines = http.PostForLines("/", "x"u8, Limit, TestContext.Current.CancellationToken);

        var told = Enumerable.Range(0, 5).Select(_ => lines.Next(Budget)).ToArray();
        Assert.Equal("a|bb|||(end)", string.Join("|", told.Select(line => line ?? "(end)")));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\n\r\n", typeof(IOException))]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\n\r\n6\r\ntoo lo\r\n", typeof(InvalidDataException))]
    public void Lines_that_do_not_end_well_say_so_after_those_that_came(string answer, Type failure)
    {
        using var server = new Server(Path, [answer]) { ClosesAfterAnswer = true };
        using var http = new LocalHttp(Path);
        using var lines = http.PostForLines("/", "x"u8, Limit, TestContext.Current.CancellationToken);

        Assert.Equal("a", lines.Next(4));
        Assert.IsType(failure, Record.Exception(() => lines.Next(4)));
    }

    [Fact]
    public void One_who_stops_listening_to_lines_is_let_go()
    {
        using var server = new Server(Path, ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\n\r\n"]);
        using var http = new LocalHttp(Path);
        using var stop = new CancellationTokenSource();
        using var lines = http.PostForLines("/", "x"u8, Limit, stop.Token);

        Assert.Equal("a", lines.Next(Budget));
        stop.CancelAfter(50);
        Assert.ThrowsAny<OperationCanceledException>(() => lines.Next(Budget));
    }

    [Fact]
    public void One_connection_serves_many_requests()
    {
        using var server = new Server(Path, ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"]);
        using var http = new LocalHttp(Path);

        for (var i = 0; i < 5; i++)
        {
            http.Get("/", Budget, Limit, TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void A_connection_that_the_other_side_closed_meanwhile_is_made_anew()
    {
        using var server = new Server(Path, ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"]) { ClosesAfterAnswer = true };
        using var http = new LocalHttp(Path);

        http.Get("/", Budget, Limit, TestContext.Current.CancellationToken);
        var answer = http.Get("/", Budget, Limit, TestContext.Current.CancellationToken);

        Assert.Equal("a", Encoding.UTF8.GetString(answer.Body));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public void An_answer_without_a_length_ends_with_the_connection()
    {
        using var server = new Server(Path, ["HTTP/1.0 200 OK\r\n\r\nall of it"]) { ClosesAfterAnswer = true };
        using var http = new LocalHttp(Path);

        Assert.Equal("all of it", Encoding.UTF8.GetString(http.Get("/", Budget, Limit, TestContext.Current.CancellationToken).Body));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n")]
    public void More_than_the_budget_is_refused(string answer)
    {
        using var server = new Server(Path, [answer]);
        using var http = new LocalHttp(Path);

        Assert.Throws<InvalidDataException>(() => http.Get("/", Budget, Limit, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n")]
    [InlineData("HTT")]
    public void What_is_not_an_answer_is_said_to_be_none(string answer)
    {
        using var server = new Server(Path, [answer]) { ClosesAfterAnswer = true };
        using var http = new LocalHttp(Path);

        Assert.Throws<IOException>(() => http.Get("/", Budget, Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_side_that_says_nothing_is_given_up()
    {
        using var server = new Server(Path, []);
        using var http = new LocalHttp(Path);

        Assert.Throws<TimeoutException>(() => http.Get("/", Budget, TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_caller_can_give_up()
    {
        using var server = new Server(Path, []);
        using var http = new LocalHttp(Path);
        using var stop = new CancellationTokenSource();

        var asking = Task.Run(() => http.Get("/", Budget, Limit, stop.Token), TestContext.Current.CancellationToken);
        await server.FirstRequest;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public void Nobody_listening_is_the_sockets_own_error()
    {
        using var http = new LocalHttp(Path);

        Assert.Throws<SocketException>(() => http.Get("/", Budget, Limit, TestContext.Current.CancellationToken));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Gives the same answer, piece by piece, to every request.</summary>
    private sealed class Server : IDisposable
    {
        private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly string[] pieces;
        private readonly TaskCompletionSource firstRequest = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<Socket> open = [];

        public Server(string path, string[] pieces)
        {
            this.pieces = pieces;
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen();
            _ = ServeAsync();
        }

        public int Connections { get; private set; }

        public bool ClosesAfterAnswer { get; init; }

        public Task FirstRequest => firstRequest.Task;

        public void Dispose()
        {
            listener.Dispose();
            open.ForEach(socket => socket.Dispose());
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                Socket caller;
                try
                {
                    caller = await listener.AcceptAsync();
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
                {
                    return;
                }

                Connections++;
                open.Add(caller);
                _ = AnswerAsync(caller);
            }
        }

        private async Task AnswerAsync(Socket caller)
        {
            var request = new byte[4096];
            try
            {
                while (await caller.ReceiveAsync(request) > 0)
                {
                    firstRequest.TrySetResult();
                    foreach (var piece in pieces)
                    {
                        await caller.SendAsync(Encoding.Latin1.GetBytes(piece));
                    }

                    if (ClosesAfterAnswer)
                    {
                        caller.Dispose();
                        return;
                    }
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
