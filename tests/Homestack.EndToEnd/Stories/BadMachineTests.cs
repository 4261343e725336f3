using System.Net.Sockets;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Stories;

/// <summary>A machine that is not well: every call ends in time, with words that say what is wrong, and changes nothing.</summary>
public sealed class BadMachineTests : IDisposable
{
    /// <summary>A machine that does not answer is given up within this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int PlannedForAnEmptyMachine = 2;

    private readonly TemporaryHome home = new();

    public BadMachineTests()
    {
        home.Write("homestack.yaml", "homestack: 1\nhome: alone\nstacks: [stacks/main.yaml]\n");
        home.Write("stacks/main.yaml", new StackText().Worker("app", "test/app:1").ToString());
    }

    private string Socket => home.Beside("engine.sock");

    public void Dispose() => home.Dispose();

    [Theory, InlineData("plan"), InlineData("up")]
    public async Task A_socket_that_is_not_there_is_named(string verb) => await NotThereAsync(verb);

    [Theory, InlineData("plan"), InlineData("up")]
    public async Task A_socket_that_nobody_listens_on_is_named(string verb)
    {
        using (Listen())
        {
        }

        await NotThereAsync(verb);
    }

    [Theory, InlineData("plan"), InlineData("up")]
    public async Task A_socket_that_nobody_reads_is_given_up(string verb)
    {
        using var listener = Listen();
        await RefusedAsync(verb);
    }

    [Theory, InlineData("not HTTP at all\n\n"), InlineData("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\": [")]
    [InlineData("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"), InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")]
    public async Task An_engine_that_answers_nonsense_is_named(string answer)
    {
        using var listener = Listen();
        var answering = AnswerAsync(listener, answer);
        await RefusedAsync("plan");
        listener.Dispose();
        await answering;
    }

    [Fact]
    public async Task A_socket_that_one_may_not_open_is_named()
    {
        using var listener = Listen();
        File.SetUnixFileMode(Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(Path.GetDirectoryName(home.Folder) ?? "/", (UnixFileMode)0x1FF);
        var nobody = new HomestackProcess(home.StateFolder, "unix://" + Socket).Under("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        var refused = (await nobody.RunAsync(Patience, "plan", home.Folder)).Expect(PlannedForAnEmptyMachine);
        Assert.Contains(Socket, refused.Error, StringComparison.Ordinal);
        Assert.Contains("may not use it", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>Who has no container engine still sees a plan, with the words that it is for an empty machine; nothing is brought up.</summary>
    private async Task NotThereAsync(string verb)
    {
        var refused = await CallAsync(verb);
        refused.Expect(verb == "plan" ? PlannedForAnEmptyMachine : 1);
        Assert.Contains(Socket, refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home.StateFolder, "generations")));
    }

    private async Task RefusedAsync(string verb)
    {
        var refused = (await CallAsync(verb)).Expect(1);
        Assert.Contains(Socket, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("bug in Homestack", refused.Said, StringComparison.Ordinal);
    }

    private async Task<CallResult> CallAsync(string verb)
    {
        var command = new HomestackProcess(home.StateFolder, "unix://" + Socket);
        var result = await command.RunAsync(Patience, [verb, home.Folder, .. verb == "up" ? new[] { "-d", "--yes" } : []]);
        Assert.Empty(command.EngineProcesses());
        return result;
    }

    private Socket Listen()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Socket));
        listener.Listen(16);
        return listener;
    }

    private static async Task AnswerAsync(Socket listener, string answer)
    {
        try
        {
            while (true)
            {
                using var asker = await listener.AcceptAsync();
                await asker.ReceiveAsync(new byte[4096]);
                await asker.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer));
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
