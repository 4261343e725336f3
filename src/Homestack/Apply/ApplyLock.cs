using System.Text.Json;
using Homestack.Diagnostics;
using Homestack.Machine;

namespace Homestack.Apply;

/// <summary>One apply at a time. The kernel frees the lock when its holder ends, however it ends.</summary>
public static class ApplyLock
{
    private const int Limit = 4096;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    /// <summary>The lock, free again when disposed; null with HS5001, which names the holder, when another has it.</summary>
    public static IDisposable? TryTake(IDisk disk, string path, LockHolder holder, DiagnosticBag diagnostics)
    {
        if (disk.TryLock(path, JsonSerializer.SerializeToUtf8Bytes(holder, ApplyJsonContext.Default.LockHolder)) is { } taken)
        {
            return taken;
        }

        diagnostics.Add(ApplyDiagnostics.AnotherApply(ReadHolder(disk, path), holder.Since));
        return null;
    }

    /// <summary>The lock, as soon as it is free; null when it was not in time.</summary>
    public static async Task<IDisposable?> TakeAsync(IDisk disk, string path, LockHolder holder, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (TryTake(disk, path, holder, new()) is { } taken)
            {
                return taken;
            }

            if (time.GetElapsedTime(began) >= patience)
            {
                return null;
            }

            await Task.Delay(Turn, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Null in the moment between the lock and its name.</summary>
    private static LockHolder? ReadHolder(IDisk disk, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(disk.Read(path, Limit), ApplyJsonContext.Default.LockHolder);
        }
        catch (Exception exception) when (exception is JsonException or MachineException)
        {
            return null;
        }
    }
}
