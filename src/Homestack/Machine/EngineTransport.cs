using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;

namespace Homestack.Machine;

/// <summary>HTTP to a container engine, wherever it listens: <c>unix:///path</c>, <c>ssh://user@host[:port]</c> or <c>tcp://host:port</c> with client certificates.</summary>
/// <remarks>Every request has a time limit and every answer a size limit. A socket that is missing, refused or silent gives a <see cref="MachineException"/>
/// that says which of these it is and what to try.</remarks>
public sealed class EngineTransport : IDisposable
{
    /// <summary>Every connection through ssh is a sign-in there, and servers turn some away when more than ten come at once.</summary>
    private const int ConnectionsThroughSsh = 8;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    /// <summary>ssh itself gives up after 5 s, and can then say why.</summary>
    private static readonly TimeSpan ConnectLimitThroughSsh = TimeSpan.FromSeconds(20);

    private readonly EngineEndpoint endpoint;
    private readonly Lazy<HttpMessageInvoker> invoker;
    private readonly LocalHttp? local;
    private readonly SshTunnel? tunnel;
    private readonly SslClientAuthenticationOptions? certificates;
    private readonly List<HttpMessageInvoker> upgrades = [];
    private readonly string tlsFolder;

    /// <param name="address">Where the engine listens.</param>
    /// <param name="tlsFolder">Folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> for <c>tcp://</c>; empty otherwise.</param>
    /// <exception cref="MachineException">The address cannot be read, or a certificate cannot.</exception>
    public EngineTransport(string address, string tlsFolder = "")
    {
        endpoint = EngineEndpoint.Parse(address);
        this.tlsFolder = tlsFolder;
        tunnel = endpoint.Kind == EngineEndpointKind.Ssh ? new SshTunnel(endpoint) : null;
        local = endpoint.Kind == EngineEndpointKind.Unix ? new LocalHttp(endpoint.Path) : null;
        if (endpoint.Kind == EngineEndpointKind.Tcp && tlsFolder.Length > 0)
        {
            certificates = ClientCertificates.Read(tlsFolder, endpoint.Host);
        }
        else if (endpoint.Kind == EngineEndpointKind.Tcp && !IsLoopback(endpoint.Host))
        {
            throw new MachineException($"connect {address}", "Without certificates anyone on the network path could command this engine, so it is not used.",
                "Give the host a tls folder with ca.pem, cert.pem and key.pem, or use ssh://.", MachineFailure.Denied);
        }

        invoker = new(() => Invoker(null));
        Root = endpoint.Kind == EngineEndpointKind.Tcp ? new UriBuilder(tlsFolder.Length > 0 ? "https" : "http", endpoint.Host, endpoint.Port).Uri : new Uri("http://engine/");
    }

    /// <summary>What request addresses are relative to.</summary>
    public Uri Root { get; }

    /// <summary>Gets a whole answer, whatever its status. On this machine without the weight of the BCL's client.</summary>
    /// <param name="target">Path and query, beginning with <c>/</c>.</param>
    /// <param name="budget">Most bytes of the body.</param>
    /// <param name="limit">For all of it.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    public Task<HttpAnswer> GetAsync(string target, int budget, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (local is null)
        {
            return GetFarAsync(target, budget, limit, cancellationToken);
        }

        try
        {
            return Task.FromResult(local.Get(target, budget, limit, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            return Task.FromCanceled<HttpAnswer>(cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            return Task.FromException<HttpAnswer>(TooLarge(Describe(HttpMethod.Get, target), budget, exception));
        }
        catch (Exception exception) when (exception is SocketException or IOException or TimeoutException or ArgumentException)
        {
            return Task.FromException<HttpAnswer>(Explain(Describe(HttpMethod.Get, target), limit, exception));
        }
    }

    /// <summary>Sends a request and waits for the head of its answer.</summary>
    /// <param name="request">Relative to <see cref="Root"/>.</param>
    /// <param name="limit">Until the head has come.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken) => SendAsync(invoker.Value, request, limit, cancellationToken);

    /// <summary>Sends a request after which its connection carries the bytes of both sides, and so is no other request's.</summary>
    /// <returns>The answer's head, and what tells the other side that no more will come from here; it still may answer.</returns>
    public async Task<(HttpResponseMessage Response, Action EndWriting)> UpgradeAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        NetworkStream? connection = null;
        var once = Invoker(stream => connection = stream as NetworkStream);
        upgrades.Add(once);
        var response = await SendAsync(once, request, limit, cancellationToken).ConfigureAwait(false);
        return (response, () =>
        {
            // A TLS connection or a tunnel has no half that could be closed by itself.
            if (certificates is null && connection?.Socket is { Connected: true } socket)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        });
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker way, HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        var call = Describe(request);
        request.RequestUri = new Uri(Root, request.RequestUri ?? Root);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("homestack", null));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            return await way.SendAsync(request, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(call, limit, exception);
        }
    }

    /// <summary>Reads the whole body of an answer.</summary>
    /// <param name="response">Its head has come.</param>
    /// <param name="budget">Most bytes.</param>
    /// <param name="limit">For all of it.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    public async Task<byte[]> ReadAsync(HttpResponseMessage response, int budget, TimeSpan limit, CancellationToken cancellationToken)
    {
        var call = response.RequestMessage is { } request ? Describe(request) : "read";
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(timeout.Token).ConfigureAwait(false);
            using var kept = new MemoryStream();
            var piece = new byte[16 << 10];
            while (await stream.ReadAsync(piece, timeout.Token).ConfigureAwait(false) is > 0 and var count)
            {
                kept.Write(piece, 0, count);
                if (kept.Length > budget)
                {
                    throw TooLarge(call, budget);
                }
            }

            return kept.ToArray();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(call, limit, exception);
        }
    }

    /// <summary>What a broken conversation means for a person.</summary>
    public MachineException Explain(string call, TimeSpan limit, Exception exception)
    {
        var socket = exception as SocketException ?? exception.InnerException as SocketException;
        if (exception is MachineException known)
        {
            return known;
        }

        if (exception.InnerException is MachineException inner)
        {
            return inner;
        }

        return exception switch
        {
            _ when TlsFailure.Of(call, endpoint, tlsFolder, exception) is { } refused => refused,
            _ when socket?.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.HostNotFound || socket?.NativeErrorCode == LibCErrors.NoEntry =>
                new(call, $"Nothing listens at {endpoint.Address}: there is no such socket or host.", StartHint(), MachineFailure.Unreachable, exception),
            _ when socket?.SocketErrorCode == SocketError.ConnectionRefused =>
                new(call, $"The connection to {endpoint.Address} was refused: the engine is not running.", StartHint(), MachineFailure.Unreachable, exception),
            _ when socket?.SocketErrorCode == SocketError.AccessDenied =>
                new(call, $"We may not use {endpoint.Address}.", "Try: sudo usermod -aG docker $USER, then sign in again; or run as root.", MachineFailure.Denied, exception),
            OperationCanceledException or TimeoutException =>
                new(call, $"The engine at {endpoint.Address} did not answer within {limit.TotalSeconds:0.#} s.", HungHint(), MachineFailure.TimedOut, exception),
            _ => new(call, $"The conversation with the engine at {endpoint.Address} broke off: {exception.GetBaseException().Message}", StartHint(), MachineFailure.Unreachable, exception),
        };
    }

    public void Dispose()
    {
        if (invoker.IsValueCreated)
        {
            invoker.Value.Dispose();
        }

        upgrades.ForEach(upgrade => upgrade.Dispose());
        local?.Dispose();
        tunnel?.Dispose();
    }

    private async Task<HttpAnswer> GetFarAsync(string target, int budget, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        using var response = await SendAsync(request, limit, cancellationToken).ConfigureAwait(false);
        var head = string.Concat(response.Headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\r\n"));
        return new((int)response.StatusCode, head, await ReadAsync(response, budget, limit, cancellationToken).ConfigureAwait(false));
    }

    /// <param name="connected">Told of each new connection; null where nobody asks.</param>
    private HttpMessageInvoker Invoker(Action<Stream>? connected)
    {
        var sockets = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = tunnel is null ? ConnectLimit : ConnectLimitThroughSsh,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = tunnel is null ? 64 : ConnectionsThroughSsh,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var stream = await ConnectAsync(cancellationToken).ConfigureAwait(false);
                connected?.Invoke(stream);
                return stream;
            },
        };
        if (certificates is not null)
        {
            sockets.SslOptions = certificates;
        }

        return new(sockets);
    }

    private MachineException TooLarge(string call, int budget, Exception? inner = null) =>
        new(call, $"The engine at {endpoint.Address} answered with more than {budget:N0} bytes, which is not believed.", inner: inner);

    private static string Describe(HttpRequestMessage request) =>
        Describe(request.Method, request.RequestUri is { IsAbsoluteUri: true } uri ? uri.AbsolutePath : request.RequestUri?.OriginalString ?? "/");

    private static string Describe(HttpMethod method, string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return $"{method} {(target.StartsWith('/') ? "" : "/")}{(query < 0 ? target : target[..query])}";
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (tunnel is not null)
        {
            return await tunnel.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }

        var isUnix = endpoint.Kind == EngineEndpointKind.Unix;
        var socket = isUnix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            EndPoint there = isUnix ? new UnixDomainSocketEndPoint(endpoint.Path) : new DnsEndPoint(endpoint.Host, endpoint.Port);
            await socket.ConnectAsync(there, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string StartHint() => endpoint.Kind switch
    {
        EngineEndpointKind.Unix => "Try: systemctl start docker, and then: homestack doctor",
        EngineEndpointKind.Ssh => $"Try: ssh {tunnel?.Target} docker version",
        _ => $"Try: docker -H {endpoint.Address} version",
    };

    private string HungHint() => endpoint.Kind == EngineEndpointKind.Unix ? "Try: systemctl restart docker, and then: homestack doctor" : StartHint();

    private static class LibCErrors
    {
        public const int NoEntry = 2;
    }
}
