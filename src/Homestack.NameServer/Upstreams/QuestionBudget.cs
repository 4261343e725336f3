namespace Homestack.NameServer.Upstreams;

/// <summary>How many packets to upstreams one question of a client may cost: resends, and asking again over TCP, included. Safe for any number of threads.</summary>
/// <remarks>
/// One is kept back for each server that was not asked yet: a silent one must not use up what the one that lives would need.
/// <para>Source: the NXNS attack (2020), which made resolvers ask a thousand times for one question.</para>
/// </remarks>
internal sealed class QuestionBudget(int servers)
{
    /// <summary>Questions to upstreams for one question of a client.</summary>
    public const int Most = 4;

    private readonly Lock gate = new();
    private int left = Most;
    private int unasked = Math.Min(servers, Most);

    /// <summary>Before a server is asked for the first time.</summary>
    /// <param name="isLast">Nothing is left after this: it must not go in a way that may have to be repeated.</param>
    public bool TryBegin(out bool isLast)
    {
        lock (gate)
        {
            unasked--;
            isLast = left == 1;
            return left-- > 0;
        }
    }

    /// <summary>Before the same question is sent to the same server again because it was silent.</summary>
    public bool TryResend(out bool isLast)
    {
        lock (gate)
        {
            isLast = left == 1;
            if (left <= Math.Max(0, unasked))
            {
                return false;
            }

            left--;
            return true;
        }
    }

    /// <summary>Before the same server is asked in another way.</summary>
    /// <remarks>It must not use what is kept back either: two servers that send rubbish would leave nothing for the one that lives.</remarks>
    public bool TryFollowUp() => TryResend(out _);
}
