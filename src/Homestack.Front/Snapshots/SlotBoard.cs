using System.Security.Cryptography;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.Front.Snapshots;

/// <summary>The slots, what is being served in each, and their files.</summary>
internal sealed class SlotBoard(IDisk disk, string folder, IReadOnlyList<ISlot> slots, Action<string> log) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<string, string> digests = new(StringComparer.Ordinal);

    public ISlot? Find(string name) => slots.FirstOrDefault(slot => slot.Name == name);

    /// <summary>What is being served, by slot; a slot that was never given anything is left out.</summary>
    public ValueMap<string> Digests()
    {
        lock (digests)
        {
            return digests.ToValueMap();
        }
    }

    /// <summary>Serves what was served last. A file that no longer makes sense is told of and left out.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        foreach (var slot in slots)
        {
            if (disk.Look(FileOf(slot)) == DiskEntry.File)
            {
                try
                {
                    var bytes = disk.Read(FileOf(slot), slot.Largest);
                    var takeover = await slot.PrepareAsync(bytes, cancellationToken).ConfigureAwait(false);
                    Serve(slot, takeover, bytes);
                }
                catch (Exception exception) when (exception is SnapshotException or MachineException)
                {
                    log($"the last snapshot of {slot.Name} is not served: {exception.Message}");
                }
            }
        }
    }

    /// <summary>Prepares the new one, makes it last, swaps, retires the old one. What cannot be prepared or kept leaves the old one serving.</summary>
    public async Task<FrontAnswer> TakeAsync(ISlot slot, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var takeover = await slot.PrepareAsync(bytes, cancellationToken).ConfigureAwait(false);
            try
            {
                disk.WriteDurably(FileOf(slot), bytes.Span);
            }
            catch
            {
                takeover.GiveUp();
                throw;
            }

            Serve(slot, takeover, bytes);
            return new(Of(slot), "");
        }
        catch (Exception exception) when (exception is SnapshotException or MachineException)
        {
            log($"a snapshot of {slot.Name} was refused: {exception.Message}");
            return new(Of(slot), exception.Message);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private void Serve(ISlot slot, Takeover takeover, ReadOnlyMemory<byte> bytes)
    {
        takeover.Serve();
        lock (digests)
        {
            digests[slot.Name] = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        }

        takeover.Retire();
    }

    private string Of(ISlot slot)
    {
        lock (digests)
        {
            return digests.GetValueOrDefault(slot.Name, "");
        }
    }

    private string FileOf(ISlot slot) => Path.Combine(folder, slot.Name + ".json");
}
