using Homestack.Machine;

namespace Homestack.Tests.Model;

/// <summary>Counts every call to the disk and the engine, and makes the n-th one go wrong.</summary>
internal sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<string> calls = [];

    /// <summary>What goes wrong, and where; null: nothing.</summary>
    public Fault? Fault { get; set; }

    /// <summary>Everything ended: each call throws until the next process is started.</summary>
    public bool IsDown { get; private set; }

    public IReadOnlyList<string> Calls => calls;

    /// <summary>Hears of each call before it happens.</summary>
    public Action<string>? Watch { get; set; }

    public void Restart(Fault? fault = null)
    {
        calls.Clear();
        IsDown = false;
        Fault = fault;
    }

    /// <summary>One call at a time, in whatever order the callers come.</summary>
    public T Call<T>(string name, Func<T> effect)
    {
        lock (gate)
        {
            return CallOne(name, effect);
        }
    }

    private T CallOne<T>(string name, Func<T> effect)
    {
        if (IsDown)
        {
            throw new SimulatedCrash();
        }

        calls.Add(name);
        Watch?.Invoke(name);
        if (Fault is not { } fault || (fault.IsSticky ? calls.Count < fault.At : calls.Count != fault.At))
        {
            return effect();
        }

        // The engine may have done what it was asked and the answer got lost; a write may have happened although it was reported as failed.
        if (fault.When == FaultWhen.After)
        {
            effect();
        }

        if (fault.IsCrash)
        {
            IsDown = true;
            throw new SimulatedCrash();
        }

        throw new MachineException(name, "Injected failure.", kind: name.StartsWith("fsync", StringComparison.Ordinal) ? MachineFailure.StorageBroken : MachineFailure.Failed);
    }
}

/// <param name="At">Number of the call, from 1.</param>
/// <param name="When">Before or after its effect.</param>
/// <param name="IsCrash">Everything ends there; else the call fails.</param>
/// <param name="IsSticky">And every later call too.</param>
internal sealed record Fault(int At, FaultWhen When, bool IsCrash, bool IsSticky = false);

internal enum FaultWhen
{
    Before,
    After,
}

internal sealed class SimulatedCrash : Exception;
