using System.Globalization;
using System.Text;
using System.Text.Json;
using Homestack.Apply;
using Homestack.Machine;

namespace Homestack.Homes;

/// <summary>Whether another process carries something out, found without touching its lock: to try the lock would refuse whoever comes in that moment.</summary>
/// <remarks><para>Source: proc(5), <c>/proc/locks</c>.</para></remarks>
public static class ApplyUnderWay
{
    private const int LockLimit = 4096, ListLimit = 1 << 20;

    public static bool IsElsewhere(HomeState state)
    {
        try
        {
            if (state.Disk.Look(state.LockPath) != DiskEntry.File
                || JsonSerializer.Deserialize(state.Disk.Read(state.LockPath, LockLimit), ApplyJsonContext.Default.LockHolder) is not { } holder || holder.Pid == Environment.ProcessId)
            {
                return false;
            }

            var owner = string.Create(CultureInfo.InvariantCulture, $" {holder.Pid} ");
            return Encoding.ASCII.GetString(state.Disk.Read("/proc/locks", ListLimit)).Split('\n')
                .Any(line => line.Contains(" FLOCK ", StringComparison.Ordinal) && line.Contains(owner, StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is MachineException or JsonException)
        {
            // The name is just being written: somebody begins.
            return exception is JsonException;
        }
    }
}
