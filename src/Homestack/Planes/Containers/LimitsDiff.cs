using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>How limits and restart policy of a container get from what they are to what they must be. Pure.</summary>
/// <remarks>An engine can set and raise a limit on a living container, but takes null and 0 for "leave it": taking a limit away needs a new container.
/// <para>Source: moby, <c>container.UpdateContainer</c>.</para></remarks>
public static class LimitsDiff
{
    /// <summary>The update to send; null when nothing differs.</summary>
    public static ContainerLimits? Update(ContainerLimits wanted, ContainerLimits there)
    {
        var update = new ContainerLimits
        {
            NanoCpus = Changed(wanted.NanoCpus, there.NanoCpus),
            CpuShares = Changed(wanted.CpuShares, there.CpuShares),
            CpuPeriod = Changed(wanted.CpuPeriod, there.CpuPeriod),
            CpuQuota = Changed(wanted.CpuQuota, there.CpuQuota),
            CpusetCpus = wanted.CpusetCpus == there.CpusetCpus ? null : wanted.CpusetCpus,
            Memory = Changed(wanted.Memory, there.Memory),
            MemoryReservation = Changed(wanted.MemoryReservation, there.MemoryReservation),
            MemorySwap = wanted.MemorySwap is not null ? Changed(wanted.MemorySwap, there.MemorySwap)

                // The engine gave twice the memory when nothing was said, and refuses more memory than memory and swap together.
                // Another amount than twice is a hand's work.
                : wanted.Memory is { } memory && there.MemorySwap is > 0 && there.MemorySwap != memory * 2 ? memory * 2 : null,
            PidsLimit = wanted.PidsLimit is > 0 || there.PidsLimit is null ? Changed(Unlimited(wanted.PidsLimit), there.PidsLimit) : -1,
            RestartPolicy = wanted.RestartPolicy == there.RestartPolicy ? null : wanted.RestartPolicy ?? new("no", null),
        };
        return update == new ContainerLimits() ? null : update;
    }

    /// <summary>A limit must go away, which no update can do.</summary>
    public static bool NeedsReplace(ContainerLimits wanted, ContainerLimits there) =>
        IsTakenAway(wanted.NanoCpus, there.NanoCpus) || IsTakenAway(wanted.CpuShares, there.CpuShares) || IsTakenAway(wanted.CpuPeriod, there.CpuPeriod)
        || IsTakenAway(wanted.CpuQuota, there.CpuQuota) || IsTakenAway(wanted.Memory, there.Memory) || IsTakenAway(wanted.MemoryReservation, there.MemoryReservation)
        || (wanted.CpusetCpus is null or "" && there.CpusetCpus is { Length: > 0 });

    /// <summary>The names of what differs, for people.</summary>
    public static string Words(ContainerLimits update) => string.Join(", ", new[]
    {
        update.RestartPolicy is { } policy ? $"restart policy is now {policy.Name}" : "",
        update is { Memory: not null } or { MemoryReservation: not null } or { MemorySwap: not null } ? "memory limit changed" : "",
        update is { NanoCpus: not null } or { CpuShares: not null } or { CpuPeriod: not null } or { CpuQuota: not null } or { CpusetCpus: not null } ? "CPU limit changed" : "",
        update.PidsLimit is not null ? "process limit changed" : "",
    }.Where(words => words.Length > 0));

    private static long? Unlimited(long? pids) => pids is > 0 ? pids : null;

    private static long? Changed(long? wanted, long? there) => wanted is null or 0 || wanted == there ? null : wanted;

    private static bool IsTakenAway(long? wanted, long? there) => wanted is null or 0 && there is > 0;
}
