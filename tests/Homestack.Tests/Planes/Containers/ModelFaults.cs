using Homestack.Machine;

namespace Homestack.Tests.Planes.Containers;

/// <summary>What goes wrong at the n-th write.</summary>
internal enum ModelFault
{
    None,

    /// <summary>The engine says no and does nothing.</summary>
    FailBefore,

    /// <summary>The engine does it, and its answer is lost.</summary>
    FailAfter,

    /// <summary>The whole program dies before the call.</summary>
    CrashBefore,

    /// <summary>The whole program dies after the call.</summary>
    CrashAfter,
}

/// <summary>Stands for <c>kill -9</c>: nothing in the product may catch it.</summary>
internal sealed class ModelCrash() : Exception("The program was killed.");

/// <summary>Counts the writes and lets one of them go wrong.</summary>
internal sealed class ModelFaults
{
    /// <summary>Every write that was tried, such as <c>create container a-b-c</c>.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>From 1; 0 for never.</summary>
    public int At { get; set; }

    public ModelFault Kind { get; set; }

    public void Begin(string call)
    {
        Writes.Add(call);
        Strike(ModelFault.FailBefore, ModelFault.CrashBefore, call);
    }

    public void End(string call) => Strike(ModelFault.FailAfter, ModelFault.CrashAfter, call);

    private void Strike(ModelFault fail, ModelFault crash, string call)
    {
        if (Writes.Count != At)
        {
            return;
        }

        if (Kind == crash)
        {
            throw new ModelCrash();
        }

        if (Kind == fail)
        {
            throw new MachineException(call, "It was made to fail.");
        }
    }
}
