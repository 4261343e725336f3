using Homestack.EndToEnd.Engines;

namespace Homestack.EndToEnd.Remote;

/// <summary>An engine that is reached as one on another machine is: through ssh, or behind a port with certificates.</summary>
public sealed class FarEngine : IAsyncLifetime
{
    private SshServer? server;
    private Certificates? certificates;

    public DockerEngine Engine { get; } = new();

    /// <summary>The one of this machine, which every home has.</summary>
    public DockerEngine Near { get; } = new();

    internal SshServer Ssh => server ?? throw new InvalidOperationException("It was not started.");

    internal Certificates Certificates => certificates ?? throw new InvalidOperationException("They were not made.");

    /// <summary>Where it listens with TLS.</summary>
    public string TlsAddress => $"tcp://127.0.0.1:{Engine.Port(50)}";

    public async ValueTask InitializeAsync()
    {
        certificates = await Certificates.MakeAsync();
        Engine.Further = ["--host", TlsAddress, "--tlsverify", "--tlscacert", certificates.Server + "/ca.pem", "--tlscert", certificates.Server + "/cert.pem", "--tlskey", certificates.Server + "/key.pem"];
        await Near.InitializeAsync();
        await Engine.InitializeAsync();
        await Engine.ImportAsync("test/app:1", "test/app:2");
        server = await SshServer.StartAsync(Engine.Port(51));
    }

    /// <summary>As <c>connect:</c> takes it.</summary>
    /// <param name="host">A name of the ssh configuration.</param>
    public string Through(string host) => $"ssh://{host}{Engine.Socket}";

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        await Engine.DisposeAsync();
        await Near.DisposeAsync();
        certificates?.Dispose();
    }
}
