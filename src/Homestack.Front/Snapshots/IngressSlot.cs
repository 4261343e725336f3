using Homestack.Collections;
using Homestack.Front.Listening;
using Homestack.Fronts;

namespace Homestack.Front.Snapshots;

/// <summary>The slot of <see cref="IngressSnapshot"/>: routes and listeners together.</summary>
internal sealed class IngressSlot(WorldKeeper keeper, ListenerSet listeners) : ISlot
{
    private const int MostListeners = 256;

    /// <summary>True while the front starts: an address that cannot be listened on yet is tried again later and is no reason not to serve the others.</summary>
    public bool IsStarting { get; set; }

    public string Name => IngressSnapshot.Slot;

    public int Largest => 8 << 20;

    public async Task<Takeover> PrepareAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var snapshot = SnapshotJson.Whole(SnapshotJson.Read(bytes, SnapshotJson.Ingress));
        var serve = keeper.Prepare(newIngress: snapshot);
        var wanted = Addresses(snapshot.Https, ListenerKind.Https).Concat(Addresses(snapshot.Http, ListenerKind.Http)).Concat((snapshot.Raw ?? []).SelectMany(raw => raw.Listen.Select(listen => ListenAddress.Of(listen, raw.IsUdp ? ListenerKind.Datagrams : ListenerKind.Streams)))).ToHashSet();
        SnapshotException.ThrowIf(wanted.Count > MostListeners, $"There are more than {MostListeners} addresses to listen on.");
        var twice = wanted.GroupBy(address => (address.Endpoint, address.Kind == ListenerKind.Datagrams)).FirstOrDefault(group => group.Count() > 1);
        SnapshotException.ThrowIf(twice is not null, $"{twice?.Key.Endpoint} is for two things.");
        await listeners.PrepareAsync(wanted, IsStarting, cancellationToken).ConfigureAwait(false);
        return new(serve, () => listeners.Keep(wanted), listeners.GiveUp);
    }

    private static IEnumerable<ListenAddress> Addresses(ValueList<string> texts, ListenerKind kind) => texts.Select(text => ListenAddress.Of(text, kind));
}
