using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Homestack.Front.Snapshots;
using Homestack.Fronts;
using Homestack.NameServer;

namespace Homestack.Front.Naming;

/// <summary>The name server as a slot: zones and views swap as one; of its addresses only those that are new are opened and those that are gone closed.</summary>
internal sealed class NamesSlot : ISlot, IAsyncDisposable
{
    private const int MostListeners = 64;

    private readonly NameEngine engine = new();
    private readonly Dictionary<IPEndPoint, DnsListener> listeners = [];
    private volatile string tlsName = "";

    public NamesSlot() => World = new(engine);

    /// <summary>Chooses the certificate for a visitor and a name, or fails the handshake.</summary>
    public Func<string, IPAddress, SslServerAuthenticationOptions> Certificate { get; set; } = (_, _) => throw new AuthenticationException("There is no certificate.");

    /// <summary>Answers questions that come over HTTPS.</summary>
    public NameEngine Engine => engine;

    /// <summary>What is answered from.</summary>
    public NameWorld World { get; }

    public string Name => NamesSnapshot.Slot;

    public int Largest => FrontClient.Limit;

    public async Task<Takeover> PrepareAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var given = SnapshotJson.Read(bytes, SnapshotJson.Names);
        var snapshot = NameSnapshots.Read(given);
        Try(snapshot);
        var texts = given.Listen ?? [];
        var encrypted = (given.Tls ?? []).Select(Address).ToHashSet();
        SnapshotException.ThrowIf(texts.Count + encrypted.Count > MostListeners, $"There are more than {MostListeners} addresses to listen on.");
        var wanted = texts.Select(Address).Concat(encrypted).ToHashSet();
        var opened = await OpenAsync([.. wanted.Where(address => !listeners.ContainsKey(address))], encrypted).ConfigureAwait(false);
        return new(() => Serve(given, snapshot, opened), () => Close(address => !wanted.Contains(address)), () => Forget(opened.Values));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners.Values)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }

        engine.Dispose();
    }

    /// <summary>A server of its own takes it first: the one that answers must not meet a surprise.</summary>
    private static void Try(NameSnapshot snapshot)
    {
        using var trial = new NameEngine();
        try
        {
            trial.Swap(snapshot);
        }
        catch (ArgumentException exception)
        {
            throw new SnapshotException(exception.Message, exception);
        }
    }

    private static IPEndPoint Address(string text)
    {
        SnapshotException.ThrowIf(!IPEndPoint.TryParse(text, out var address) || address.Port == 0, $"\"{text}\" is no address with a port, such as 192.168.1.10:53.");
        return address ?? new(0, 0);
    }

    private async Task<Dictionary<IPEndPoint, DnsListener>> OpenAsync(IReadOnlyList<IPEndPoint> addresses, HashSet<IPEndPoint> encrypted)
    {
        var opened = new Dictionary<IPEndPoint, DnsListener>();
        foreach (var address in addresses)
        {
            try
            {
                opened[address] = encrypted.Contains(address)
                    ? await DnsListener.StartTlsAsync(engine, [address], new() { Tls = (client, _) => Certificate(tlsName, client) }).ConfigureAwait(false)
                    : await DnsListener.StartAsync(engine, [address]).ConfigureAwait(false);
            }
            catch (SocketException exception)
            {
                Forget(opened.Values);
                throw new SnapshotException($"The name server cannot listen on {address}: {exception.Message}. Another name server may have it (systemd-resolved?), or the address is not this machine's.", exception);
            }
        }

        return opened;
    }

    private void Serve(NamesSnapshot given, NameSnapshot snapshot, Dictionary<IPEndPoint, DnsListener> opened)
    {
        tlsName = given.TlsName ?? "";
        World.Use(given, snapshot);
        foreach (var (address, listener) in opened)
        {
            listeners[address] = listener;
        }
    }

    private void Close(Func<IPEndPoint, bool> isGone)
    {
        var gone = listeners.Where(listener => isGone(listener.Key)).ToArray();
        foreach (var listener in gone)
        {
            listeners.Remove(listener.Key);
        }

        Forget(gone.Select(listener => listener.Value));
    }

    /// <summary>Closing waits for what is being answered; nobody waits for that.</summary>
    private static void Forget(IEnumerable<DnsListener> closing) => _ = Task.WhenAll(closing.Select(listener => listener.DisposeAsync().AsTask()));
}
