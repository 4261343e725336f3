using System.Text.Json;
using Homestack.Machine;

namespace Homestack.Generations;

/// <summary>The file <c>home</c> of the state folder.</summary>
public sealed class HomeStore(IDisk disk, string path)
{
    private const int Limit = 64 << 10;

    /// <summary>Null when nothing was applied yet.</summary>
    /// <exception cref="MachineException">The file is there and is not ours.</exception>
    public HomeRecord? Read()
    {
        if (disk.Look(path) != DiskEntry.File)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(disk.Read(path, Limit), GenerationsJsonContext.Default.HomeRecord);
        }
        catch (JsonException exception)
        {
            throw new MachineException($"read {path}", "This file does not say which home it belongs to.", $"Look at {path}; with another --state DIR it is left alone.", inner: exception);
        }
    }

    public void Write(HomeRecord home)
    {
        if (Read() != home)
        {
            disk.WriteDurably(path, JsonSerializer.SerializeToUtf8Bytes(home, GenerationsJsonContext.Default.HomeRecord));
        }
    }
}
