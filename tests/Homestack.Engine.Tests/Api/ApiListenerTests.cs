using System.Net;
using Homestack.Engine.Api;
using Homestack.Machine;
using Microsoft.AspNetCore.Http;

namespace Homestack.Engine.Tests.Api;

/// <summary>The real listener on a real unix socket.</summary>
public sealed class ApiListenerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("homestack-api-").FullName;

    private string Socket => Path.Combine(folder, "run", "engine.sock");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_owner_is_answered_and_the_socket_is_the_owners_alone()
    {
        await using var listener = await ListenAsync();
        Assert.Equal((HttpStatusCode.OK, "well"), await AskAsync("GET", "/api/v1/hello"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Socket));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder, "run")));
    }

    [Fact]
    public async Task Another_user_is_refused_even_when_the_socket_lets_him_in()
    {
        await using var listener = await ListenAsync();
        File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        File.SetUnixFileMode(Path.Combine(folder, "run"), (UnixFileMode)0x1FF);
        File.SetUnixFileMode(Socket, (UnixFileMode)0x1B6);
        const string program = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
            for path in (b"/api/v1/hello", b"/nowhere"):
                s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
                s.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: engine\r\n\r\n")
                answer = b""
                while True:
                    piece = s.recv(4096)
                    if not piece: break
                    answer += piece
                print(answer.split(b"\r\n")[0].decode())
            """;
        var line = new CommandLine("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", "-c", program, Socket]);
        var result = (await new CommandRunner().RunAsync(line, TestContext.Current.CancellationToken)).OrThrow(line);
        Assert.Equal("HTTP/1.1 403 Forbidden\nHTTP/1.1 403 Forbidden\n", result.OutputText);
    }

    [Theory]
    [InlineData(0u, true)]
    [InlineData(1000u, true)]
    [InlineData(1001u, false)]
    [InlineData(uint.MaxValue, false)]
    public void Only_root_and_the_owner_may_do_anything(uint user, bool may)
    {
        var callers = new Callers(Owner: 1000);
        Assert.Equal(may, callers.May(new PeerCredentials(1, user), Permission.Read));
        Assert.Equal(may, callers.May(new PeerCredentials(1, user), Permission.Change));
        Assert.False(callers.May(new PeerCredentials(1, user), Permission.Undeclared));
        Assert.False(callers.May(null, Permission.Read));
    }

    [Fact]
    public void An_endpoint_without_a_declared_permission_does_not_start()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => new ApiTable([new("GET", "/open", Permission.Undeclared, TimeSpan.FromSeconds(1), Well)]));
        Assert.Contains("no declared permission", refusal.Message);
        Assert.Throws<InvalidOperationException>(() => new ApiTable([new("GET", "/open", (Permission)99, TimeSpan.FromSeconds(1), Well)]));
    }

    [Fact]
    public void Two_endpoints_never_share_an_address() =>
        Assert.Throws<InvalidOperationException>(() => new ApiTable([new("GET", "/a", Permission.Read, TimeSpan.FromSeconds(1), Well), new("GET", "/a", Permission.Change, TimeSpan.FromSeconds(1), Well)]));

    [Theory]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/hello", HttpStatusCode.NotFound)]
    [InlineData("GET", "/hello", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/fails", HttpStatusCode.BadGateway)]
    [InlineData("GET", "/api/v1/hangs", HttpStatusCode.GatewayTimeout)]
    [InlineData("GET", "/api/v1/confused", HttpStatusCode.BadRequest)]
    public async Task What_does_not_work_says_so_in_words(string method, string path, HttpStatusCode status)
    {
        await using var listener = await ListenAsync();
        var (answered, body) = await AskAsync(method, path);
        Assert.Equal(status, answered);
        Assert.Contains("\"words\":", body);
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        await using var listener = await ListenAsync();
        try
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync("POST", "/api/v1/echo", new byte[65 << 20])).Status);
        }
        catch (MachineException cut)
        {
            // The engine hung up while we were still sending.
            Assert.Equal(MachineFailure.Unreachable, cut.Kind);
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("GET", "/api/v1/hello")).Status);
    }

    [Fact]
    public async Task A_body_goes_there_and_back_over_the_small_client()
    {
        await using var listener = await ListenAsync();
        using var http = new LocalHttp(Socket);
        var body = new byte[300_000];
        Random.Shared.NextBytes(body);
        Assert.Equal(body, http.Post("/api/v1/echo", body, 1 << 20, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken).Body);
        Assert.Equal(body[..1], http.Post("/api/v1/echo", body.AsSpan(0, 1), 1 << 20, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken).Body);
    }

    [Fact]
    public async Task A_listener_of_this_user_on_the_same_file_systems_is_alike()
    {
        Assert.False(SocketProbe.IsListenerAlike(Socket));
        await using var listener = await ListenAsync();
        Assert.True(SocketProbe.IsListenerAlike(Socket));
    }

    [Fact]
    public async Task A_dead_socket_is_replaced()
    {
        Directory.CreateDirectory(Path.Combine(folder, "run"));
        using (var dead = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified))
        {
            dead.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Socket));
        }

        Assert.Equal(SocketAnswer.Nobody, SocketProbe.Ask(Socket));
        await using var listener = await ListenAsync();
        Assert.Equal(SocketAnswer.Listening, SocketProbe.Ask(Socket));
    }

    private static Task Well(HttpContext http, CancellationToken cancellationToken) => http.Response.WriteAsync("well", cancellationToken);

    private Task<ApiListener> ListenAsync() => ApiListener.StartAsync(
        Socket,
        new ApiTable(
        [
            new("GET", "/hello", Permission.Read, TimeSpan.FromSeconds(5), Well),
            new("GET", "/fails", Permission.Read, TimeSpan.FromSeconds(5), (_, _) => throw new MachineException("GET /containers", "It is on fire.")),
            new("GET", "/hangs", Permission.Read, TimeSpan.FromMilliseconds(50), (_, token) => Task.Delay(Timeout.Infinite, token)),
            new("GET", "/confused", Permission.Read, TimeSpan.FromSeconds(5), (_, _) => throw new System.Text.Json.JsonException("not JSON")),
            new("POST", "/echo", Permission.Change, TimeSpan.FromSeconds(5), (http, token) => http.Request.Body.CopyToAsync(http.Response.Body, token)),
        ]),
        new Callers(ProcessEnvironment.UserId),
        _ => { },
        TestContext.Current.CancellationToken);

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string method, string path, byte[]? body = null)
    {
        using var transport = new EngineTransport("unix://" + Socket);
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : new ByteArrayContent(body) };
        using var response = await transport.SendAsync(request, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
