using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Homestack.Machine;

/// <summary>The one thread on which this process writes its state.</summary>
/// <remarks>
/// A single writer keeps the order of writes the order of calls, and lets a crash test count the calls of exactly one thread
/// (<c>strace -e inject=fsync:signal=KILL:when=N</c> counts for each thread by itself).
/// </remarks>
internal static class DiskThread
{
    private static readonly Lazy<BlockingCollection<Action>> Work = new(Start);

    [ThreadStatic]
    private static bool isHere;

    /// <summary>Runs one call there and waits for it; at once when it is called from there.</summary>
    public static T Run<T>(Func<T> call)
    {
        if (isHere)
        {
            return call();
        }

        using var done = new ManualResetEventSlim();
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        Work.Value.Add(() =>
        {
            try
            {
                result = call();
            }
            catch (MachineException exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                done.Set();
            }
        });
        done.Wait();
        failure?.Throw();
        return result is { } value ? value : throw new InvalidOperationException("A disk call gave nothing.");
    }

    public static void Run(Action call) => Run(() =>
    {
        call();
        return true;
    });

    private static BlockingCollection<Action> Start()
    {
        var work = new BlockingCollection<Action>();
        new Thread(() =>
        {
            isHere = true;
            foreach (var call in work.GetConsumingEnumerable())
            {
                call();
            }
        })
        { Name = "homestack-disk", IsBackground = true }.Start();
        return work;
    }
}
