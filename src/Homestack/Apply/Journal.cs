using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Apply;

/// <summary>What the apply that is under way, or was last, has tried: one line per entry, appended and fsynced before the next thing happens.</summary>
/// <remarks>
/// A line is 16 hexadecimal digits of a SHA-256, a space, and JSON. The first line whose digits do not fit is where a crash tore the file; it and all after it do not count.
/// The journal says what was tried, never what is: after a crash the next plan is made from the world. Each apply begins a new journal, so it stays small.
/// </remarks>
public sealed class Journal(IDisk disk, string path, TimeProvider time)
{
    private const int Limit = 64 << 20;
    private const int DigestLength = 16;

    private readonly Lock order = new();

    private IDiskFile? file;
    private int generation;

    /// <summary>The lines up to where the file is whole; empty when there is none.</summary>
    public ValueList<JournalEntry> Read()
    {
        var entries = new List<JournalEntry>();
        var rest = disk.Look(path) == DiskEntry.File ? disk.Read(path, Limit).AsSpan() : [];
        while (rest.IndexOf((byte)'\n') is >= 0 and var end && Parse(rest[..end]) is { } entry)
        {
            entries.Add(entry);
            rest = rest[(end + 1)..];
        }

        return entries.ToValueList();
    }

    /// <summary>The lines of an apply that began and never came to its end; empty when there is none.</summary>
    public ValueList<JournalEntry> Interrupted() => Read() is { Count: > 0 } entries && entries[^1].Kind != JournalEntryKind.End ? entries : [];

    /// <summary>Starts anew: what the last apply left is replaced in one move.</summary>
    /// <param name="next">Number that the generation will have.</param>
    public void Begin(int next)
    {
        lock (order)
        {
            Close();
            generation = next;
            disk.WriteDurably(path, Line(new() { Kind = JournalEntryKind.Begin }));
            file = disk.OpenAppend(path);
        }
    }

    /// <summary>Adds a line; when this returns it survives a power cut.</summary>
    /// <exception cref="MachineException">It could not be written. From then on every call fails: a line after a torn one would not count.</exception>
    public void Write(JournalEntry entry)
    {
        lock (order)
        {
            var open = file ?? throw new MachineException($"write {path}", "The journal could not be written before, so nothing more is tried.");
            file = null;
            try
            {
                open.Write(Line(entry));
                open.Sync();
                file = open;
            }
            finally
            {
                if (file is null)
                {
                    open.Dispose();
                }
            }
        }
    }

    /// <summary>Closes the file; the journal stays for people to read until the next apply.</summary>
    public void Close()
    {
        lock (order)
        {
            file?.Dispose();
            file = null;
        }
    }

    private byte[] Line(JournalEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry with { At = time.GetUtcNow(), Generation = generation }, ApplyJsonContext.Default.JournalEntry);
        return [.. Digest(json), (byte)' ', .. json, (byte)'\n'];
    }

    private static JournalEntry? Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length <= DigestLength || line[DigestLength] != ' ' || !line[..DigestLength].SequenceEqual(Digest(line[(DigestLength + 1)..])))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line[(DigestLength + 1)..], ApplyJsonContext.Default.JournalEntry);
        }
        catch (JsonException)
        {
            // Whole, but of another version of this program.
            return null;
        }
    }

    private static byte[] Digest(ReadOnlySpan<byte> json) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, DigestLength / 2)));
}
