namespace Homestack.Fronts;

/// <summary>One slot of the front as a plane's engine: what is served there, and something else to serve.</summary>
/// <param name="front">The front.</param>
/// <param name="name">Of the slot.</param>
/// <param name="read">The snapshot of what was kept; an empty one of nothing.</param>
/// <param name="write">The bytes of a snapshot.</param>
/// <param name="mayWrite">False where a plan is made.</param>
public sealed class FrontSlot<T>(FrontClient front, string name, Func<byte[], T> read, Func<T, byte[]> write, bool mayWrite)
{
    /// <summary>Digest of what is served.</summary>
    /// <exception cref="Machine.MachineException">The front does not answer.</exception>
    public string Served(CancellationToken cancellationToken) => front.Served(name, cancellationToken);

    /// <summary>What was given last.</summary>
    public T Given() => read(front.Kept(name));

    /// <exception cref="Machine.MachineException">The front refused it, and goes on serving the one before; or did not answer.</exception>
    /// <exception cref="InvalidOperationException">It was made for planning.</exception>
    public void Give(T snapshot, CancellationToken cancellationToken)
    {
        if (!mayWrite)
        {
            throw new InvalidOperationException("This plane was made for planning.");
        }

        front.Give(name, write(snapshot), cancellationToken);
    }
}
