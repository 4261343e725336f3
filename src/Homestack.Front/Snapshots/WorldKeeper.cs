using Homestack.Collections;
using Homestack.Front.Sleeping;
using Homestack.Front.Worlds;
using Homestack.Fronts;

namespace Homestack.Front.Snapshots;

/// <summary>The three snapshots that a world is made of. Each new one makes a new world out of all three.</summary>
internal sealed class WorldKeeper(WorldReference worlds, VisitBoard visits, TimeProvider clock)
{
    private IngressSnapshot ingress = new();
    private CertificateTable certificates = CertificateTable.Empty;
    private AddressesSnapshot addresses = new(ValueMap<ValueList<string>>.Empty);

    /// <summary>A world with the given parts new; null leaves a part as it is.</summary>
    /// <returns>Swaps it in.</returns>
    /// <exception cref="SnapshotException">The parts do not make sense together.</exception>
    public Action Prepare(IngressSnapshot? newIngress = null, CertificateTable? newCertificates = null, AddressesSnapshot? newAddresses = null)
    {
        var (a, b, c) = (newIngress ?? ingress, newCertificates ?? certificates, newAddresses ?? addresses);
        var world = WorldBuilder.Build(a, b, c, visits, clock);
        return () =>
        {
            (ingress, certificates, addresses) = (a, b, c);
            worlds.Current = world;
            visits.Serve(world.Sleeping);
        };
    }
}

/// <summary>The slot of <see cref="CertificatesSnapshot"/>.</summary>
internal sealed class CertificatesSlot(WorldKeeper keeper) : ISlot
{
    public string Name => CertificatesSnapshot.Slot;

    public int Largest => 16 << 20;

    public Task<Takeover> PrepareAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => Task.FromResult(
        new Takeover(keeper.Prepare(newCertificates: CertificateTable.Of(SnapshotJson.Read(bytes, SnapshotJson.Certificates))), () => { }, () => { }));
}

/// <summary>The slot of <see cref="AddressesSnapshot"/>.</summary>
internal sealed class AddressesSlot(WorldKeeper keeper) : ISlot
{
    public string Name => AddressesSnapshot.Slot;

    public int Largest => 4 << 20;

    public Task<Takeover> PrepareAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        Task.FromResult(new Takeover(keeper.Prepare(newAddresses: SnapshotJson.Read(bytes, SnapshotJson.Addresses)), () => { }, () => { }));
}
