using Homestack.Blueprints;
using Homestack.Primitives;

namespace Homestack.Front.Limits;

/// <summary>What is too much for one route, with every usual limit filled in.</summary>
/// <param name="AtHome">Requests of a visitor from a zone of the home.</param>
/// <param name="Outside">Requests of any other visitor.</param>
/// <param name="Body">Largest body in bytes; null for any.</param>
/// <param name="Headers">All headers together in bytes; 0: what every listener takes.</param>
/// <param name="Slowest">Fewest bytes a second; null: what every listener wants.</param>
internal sealed record RouteBounds(Allowance AtHome, Allowance Outside, long? Body, long Headers, double? Slowest)
{
    private const long LargestBody = 16L << 30;

    /// <summary>A page of a photo library asks for hundreds of pictures at once; a program that guesses passwords asks for more than this.</summary>
    private static readonly RequestRate Usual = new(1200, TimeSpan.FromSeconds(10));

    /// <param name="limits">As they were said; null: nothing was.</param>
    /// <param name="clock">Time.</param>
    /// <param name="isCalls">Both sides may be silent for long while a call is open, as gRPC has it: no body is too slow unless that was said.</param>
    public static RouteBounds Of(RouteLimits? limits, TimeProvider clock, bool isCalls = false) => new(
        Allowance.Of(limits?.Requests ?? RequestRate.None, clock),
        Allowance.Of(limits?.Requests ?? Usual, clock),
        limits?.Body switch { null => LargestBody, { Bytes: 0 } => null, { Bytes: var bytes } => bytes },
        limits?.Headers?.Bytes ?? 0,
        limits?.Slowest?.Bytes ?? (isCalls ? 0 : null));
}
