using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Remote;

/// <summary>A real sshd on loopback with throw-away keys, and an <c>ssh</c> whose configuration knows it under several names.</summary>
/// <remarks>
/// <para><c>far</c>: everything is in order. <c>bare</c>: the same, and signs in to a shell that finds no <c>docker</c> program. <c>stranger</c>: its host key is not known.
/// <c>impostor</c>: another host key is. <c>locked</c>: our key is not taken. <c>off</c>: nothing listens. <c>silent</c>: something listens and says nothing.</para>
/// <para>ssh finds its configuration by the user's entry in the password file, not by HOME; so a program <c>ssh</c> that gives one comes first on the path, as a person's could.</para>
/// </remarks>
internal sealed class SshServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("homestack-sshd-").FullName;
    private readonly TcpListener silent = new(IPAddress.Loopback, 0);
    private readonly int port;
    private RunningProgram? daemon;

    private SshServer(int port) => this.port = port;

    /// <summary>To be put before every other folder of <c>PATH</c>.</summary>
    public string ProgramFolder => folder + "/bin";

    public static async Task<SshServer> StartAsync(int port)
    {
        var server = new SshServer(port);
        await server.PrepareAsync();
        await server.BeginAsync();
        return server;
    }

    /// <summary>Listens again after <see cref="EndAsync"/>.</summary>
    public async Task BeginAsync()
    {
        daemon = RunningProgram.Start(["/usr/sbin/sshd", "-D", "-e", "-f", folder + "/sshd_config"]);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                Assert.False(daemon.HasEnded, daemon.HasEnded ? (await daemon.EndAsync(Limit)).ToString() : "");
                return await AnswersAsync();
            },
            Limit,
            "sshd answers");
    }

    /// <summary>Ends it together with all its connections, as when the machine is switched off.</summary>
    public async Task EndAsync()
    {
        if (daemon is { } running)
        {
            await running.DisposeAsync();
            daemon = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        silent.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task PrepareAsync()
    {
        Directory.CreateDirectory("/run/sshd");
        Directory.CreateDirectory(folder + "/nothing");
        foreach (var key in new[] { "host", "other", "user", "bare", "wrong" })
        {
            (await RunningProgram.RunAsync(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", key, "-f", $"{folder}/{key}"], Limit)).Expect(0);
        }

        string PublicKey(string name) => File.ReadAllText($"{folder}/{name}.pub").Trim();
        var address = string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{port}");
        await File.WriteAllTextAsync(folder + "/authorized_keys", $"{PublicKey("user")}\nenvironment=\"PATH={folder}/nothing\" {PublicKey("bare")}\n");
        await File.WriteAllTextAsync(folder + "/known", $"{address} {PublicKey("host")}\n");
        await File.WriteAllTextAsync(folder + "/mistaken", $"{address} {PublicKey("other")}\n");
        await File.WriteAllTextAsync(folder + "/empty", "");
        await File.WriteAllTextAsync(folder + "/sshd_config", $"""
            ListenAddress 127.0.0.1
            Port {port}
            HostKey {folder}/host
            PidFile {folder}/pid
            AuthorizedKeysFile {folder}/authorized_keys
            PermitUserEnvironment yes
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            StrictModes no
            UsePAM no
            PrintMotd no

            """);
        silent.Start();
        var silentPort = ((IPEndPoint)silent.LocalEndpoint).Port;
        await File.WriteAllTextAsync(folder + "/config", string.Concat(
            Host("far", port, "user", "known"), Host("bare", port, "bare", "known"), Host("stranger", port, "user", "empty"), Host("impostor", port, "user", "mistaken"),
            Host("locked", port, "wrong", "known"), Host("off", 1, "user", "known"), Host("silent", silentPort, "user", "known")));
        Directory.CreateDirectory(ProgramFolder);
        await File.WriteAllTextAsync(ProgramFolder + "/ssh", $"#!/bin/sh\nexec /usr/bin/ssh -F {folder}/config \"$@\"\n");
        File.SetUnixFileMode(ProgramFolder + "/ssh", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Host(string name, int at, string key, string known) => $"""
        Host {name}
          HostName 127.0.0.1
          Port {at}
          User root
          IdentityFile {folder}/{key}
          IdentitiesOnly yes
          UserKnownHostsFile {folder}/{known}
          GlobalKnownHostsFile /dev/null

        """;

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
