using System.Net;

namespace Homestack.Front.Limits;

/// <summary>How many connections of a port are open, in all and for each visitor.</summary>
internal sealed class VisitorCount
{
    /// <summary>Of one port.</summary>
    public const int Most = 1024;

    /// <summary>Of one visitor at one port.</summary>
    public const int MostOfOne = 128;

    private readonly Dictionary<ulong, int> counts = [];
    private int all;

    /// <returns>False when that would be too many.</returns>
    public bool TryAdd(IPAddress visitor)
    {
        var number = RequestLimiter.NumberOf(visitor);
        lock (counts)
        {
            var count = counts.GetValueOrDefault(number);
            if (all >= Most || count >= MostOfOne)
            {
                return false;
            }

            all++;
            counts[number] = count + 1;
            return true;
        }
    }

    public void Remove(IPAddress visitor)
    {
        var number = RequestLimiter.NumberOf(visitor);
        lock (counts)
        {
            all--;
            if (--counts[number] == 0)
            {
                counts.Remove(number);
            }
        }
    }
}
