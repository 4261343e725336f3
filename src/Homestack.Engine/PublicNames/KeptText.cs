using Homestack.Machine;

namespace Homestack.Engine.PublicNames;

/// <summary>A small file in the state folder.</summary>
internal sealed class KeptText(IDisk disk, string path) : IKeptText
{
    private const int Limit = 64 << 10;

    public byte[] Read() => disk.Look(path) == DiskEntry.File ? disk.Read(path, Limit) : [];

    public void Write(ReadOnlySpan<byte> text) => disk.WriteDurably(path, text);
}
