namespace Homestack.Front.Worlds;

/// <summary>Where requests of a route go, in turns. One that could not be reached is left out for a while, unless all are.</summary>
internal sealed class DestinationList(IEnumerable<string> prefixes, TimeProvider clock)
{
    private readonly Destination[] destinations = [.. prefixes.Select(prefix => new Destination(prefix))];
    private int turn;

    public int Count => destinations.Length;

    /// <summary>Null when there is none at all.</summary>
    public Destination? Next()
    {
        if (destinations.Length == 0)
        {
            return null;
        }

        var first = destinations.Length == 1 ? 0 : (int)((uint)Interlocked.Increment(ref turn) % (uint)destinations.Length);
        var now = clock.GetTimestamp();
        for (var i = 0; i < destinations.Length; i++)
        {
            var destination = destinations[(first + i) % destinations.Length];
            if (destination.IsThought(now))
            {
                return destination;
            }
        }

        return destinations[first];
    }

    /// <summary>It could not be reached.</summary>
    public void Avoid(Destination destination) => destination.AvoidUntil(clock.GetTimestamp() + (Destination.Avoidance * clock.TimestampFrequency));
}

/// <summary>One address.</summary>
/// <param name="Prefix">Scheme, authority and perhaps a path, without a slash at the end.</param>
internal sealed record Destination(string Prefix)
{
    /// <summary>Seconds for which a dead one is left out.</summary>
    public const long Avoidance = 5;

    private long avoidedUntil = long.MinValue;

    /// <summary>Thought to live.</summary>
    public bool IsThought(long now) => Volatile.Read(ref avoidedUntil) <= now;

    public void AvoidUntil(long moment) => Volatile.Write(ref avoidedUntil, moment);
}
