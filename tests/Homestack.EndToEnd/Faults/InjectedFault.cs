namespace Homestack.EndToEnd.Faults;

/// <summary>A system call that fails as a sick machine would make it fail.</summary>
/// <param name="Call">Its name.</param>
/// <param name="Error">The name of the errno, such as ENOSPC.</param>
/// <param name="Number">The n-th of these calls by one thread, from 1.</param>
/// <param name="IsSticky">Every later one fails too; else only that one.</param>
internal sealed record InjectedFault(string Call, string Error, int Number, bool IsSticky)
{
    private static readonly string[] Errors = ["EIO", "ENOSPC", "EMFILE", "ENOMEM"];

    /// <summary>Every error at every one of the counted calls, once and sticky.</summary>
    public static IReadOnlyList<InjectedFault> All(IReadOnlyDictionary<string, int> counts) =>
    [
        .. counts.OrderBy(call => call.Key, StringComparer.Ordinal).SelectMany(call => Enumerable.Range(1, call.Value)
            .SelectMany(number => Errors.SelectMany(error => new[] { false, true }.Select(isSticky => new InjectedFault(call.Key, error, number, isSticky))))),
    ];

    public override string ToString() => $"{Error} at {Call} {Number}{(IsSticky ? " and ever after" : "")}";
}
