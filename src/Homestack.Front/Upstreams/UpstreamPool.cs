using System.Globalization;
using System.Net;
using System.Text;
using Homestack.Front.Machine;

namespace Homestack.Front.Upstreams;

/// <summary>Connections to one address of an application. The last that rested is used first.</summary>
internal sealed class UpstreamPool : IDisposable
{
    private const int MostConnections = 8192, MostAtRest = 256;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5), LongestRest = TimeSpan.FromSeconds(6), LongestLife = TimeSpan.FromMinutes(10), LongestSilence = TimeSpan.FromMinutes(30);

    // Applications end connections that rest, some after two seconds. What must not be sent twice is not sent where that could just happen.
    private static readonly TimeSpan SureRest = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly HashSet<UpstreamConnection> all = [];
    private readonly List<UpstreamConnection> resting = [];
    private readonly TimeProvider clock;
    private readonly Uri address;
    private bool isClosed;

    /// <param name="prefix">Scheme, authority and perhaps a path, without a slash at its end.</param>
    /// <param name="clock">Time.</param>
    public UpstreamPool(string prefix, TimeProvider clock)
    {
        this.clock = clock;
        address = new(prefix);
        Path = Encoding.ASCII.GetBytes(address.AbsolutePath.TrimEnd('/'));
        Host = Encoding.ASCII.GetBytes(address.IsDefaultPort ? address.IdnHost : string.Create(CultureInfo.InvariantCulture, $"{BareHost(address)}:{address.Port}"));
    }

    /// <summary>What stands before every target.</summary>
    public ReadOnlyMemory<byte> Path { get; }

    /// <summary>The application's own name, as it is told when it does not hear the visitor's.</summary>
    public ReadOnlyMemory<byte> Host { get; }

    /// <summary>Closes it when nothing is open. Who has just got hold of it may still use it, for one request at a time.</summary>
    public bool TryClose()
    {
        lock (gate)
        {
            isClosed |= all.Count == 0;
            return isClosed;
        }
    }

    /// <summary>One at rest; null when there is none.</summary>
    /// <param name="isRepeatable">The request could be sent again if the connection has just ended.</param>
    public UpstreamConnection? Take(bool isRepeatable)
    {
        lock (gate)
        {
            while (resting.Count > 0)
            {
                var last = resting[^1];
                resting.RemoveAt(resting.Count - 1);
                if (last.IsQuiet && last.Age < LongestLife && last.Rest < (isRepeatable ? LongestRest : SureRest))
                {
                    return last;
                }

                Drop(last);
            }

            return null;
        }
    }

    /// <summary>A new one.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">Nobody takes the call.</exception>
    /// <exception cref="IOException">The handshake broke off, or there are too many.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not good.</exception>
    /// <exception cref="OperationCanceledException">It took too long, or was cancelled.</exception>
    public async Task<UpstreamConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectLimit);
        var connection = new UpstreamConnection(await UpstreamSocket.ConnectAsync(address.IdnHost, address.Port, address.Scheme == Uri.UriSchemeHttps, limit.Token).ConfigureAwait(false), clock);
        lock (gate)
        {
            if (all.Count < MostConnections)
            {
                _ = isClosed || all.Add(connection);
                return connection;
            }
        }

        connection.Dispose();
        throw new IOException("There are too many connections.");
    }

    /// <summary>Gives one back whose answer was taken whole.</summary>
    public void LayDown(UpstreamConnection connection)
    {
        lock (gate)
        {
            if (!isClosed && connection.IsDone && resting.Count < MostAtRest)
            {
                try
                {
                    connection.LayDown();
                    resting.Add(connection);
                    return;
                }
                catch (ObjectDisposedException)
                {
                    // The visitor left at this very moment.
                }
            }
        }

        Discard(connection);
    }

    /// <summary>Gives one back that cannot be used again.</summary>
    public void Discard(UpstreamConnection connection)
    {
        lock (gate)
        {
            Drop(connection);
        }
    }

    /// <summary>Ends what rested too long, and what neither says nor takes anything.</summary>
    public void Sweep()
    {
        lock (gate)
        {
            foreach (var old in resting.Where(connection => !connection.IsQuiet || connection.Rest >= LongestRest).ToArray())
            {
                resting.Remove(old);
                Drop(old);
            }

            foreach (var silent in all.Where(connection => connection.Rest >= LongestSilence))
            {
                silent.Silence();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (var connection in all)
            {
                connection.Dispose();
            }

            all.Clear();
            resting.Clear();
        }
    }

    private void Drop(UpstreamConnection connection)
    {
        all.Remove(connection);
        connection.Dispose();
    }

    private static string BareHost(Uri address) => address.HostNameType == UriHostNameType.IPv6 ? $"[{IPAddress.Parse(address.IdnHost)}]" : address.IdnHost;
}
