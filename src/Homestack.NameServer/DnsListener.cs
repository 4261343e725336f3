using System.Net;
using Homestack.NameServer.Listeners;

namespace Homestack.NameServer;

/// <summary>Answers over UDP and TCP on given addresses.</summary>
/// <remarks>Give the addresses of the machine rather than the wildcard: an answer leaves from the address that the question came to only then.</remarks>
public sealed class DnsListener : IAsyncDisposable
{
    private readonly List<DatagramListener> datagrams = [];
    private readonly List<StreamListener> streams = [];

    private DnsListener()
    {
    }

    /// <summary>What it listens on; a port that was given as 0 has its number here.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints { get; private set; } = [];

    /// <summary>Binds all addresses, or none.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">An address is not of this machine, or its port is taken or not allowed.</exception>
    public static async Task<DnsListener> StartAsync(NameEngine engine, IReadOnlyList<IPEndPoint> endPoints, DnsListenerOptions? options = null)
    {
        options ??= new DnsListenerOptions();
        var listener = new DnsListener();
        try
        {
            foreach (var endPoint in endPoints)
            {
                var stream = StreamListener.Bind(engine, endPoint, options with { Tls = null });
                listener.streams.Add(stream);
                listener.datagrams.Add(DatagramListener.Bind(engine, stream.EndPoint, options));
            }
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }

        listener.EndPoints = [.. listener.streams.Select(stream => stream.EndPoint)];
        listener.streams.ForEach(stream => stream.Start());
        listener.datagrams.ForEach(datagram => datagram.Start());
        return listener;
    }

    /// <summary>Answers over TLS alone. Binds all addresses, or none.</summary>
    /// <param name="options">With <see cref="DnsListenerOptions.Tls"/>.</param>
    /// <exception cref="System.Net.Sockets.SocketException">An address is not of this machine, or its port is taken or not allowed.</exception>
    public static async Task<DnsListener> StartTlsAsync(NameEngine engine, IReadOnlyList<IPEndPoint> endPoints, DnsListenerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.Tls);
        var listener = new DnsListener();
        try
        {
            foreach (var endPoint in endPoints)
            {
                listener.streams.Add(StreamListener.Bind(engine, endPoint, options));
            }
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }

        listener.EndPoints = [.. listener.streams.Select(stream => stream.EndPoint)];
        listener.streams.ForEach(stream => stream.Start());
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var datagram in datagrams)
        {
            datagram.Dispose();
        }

        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }
}
