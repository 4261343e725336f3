namespace Homestack.NameServer;

/// <summary>How many questions over UDP the clients of one network (/24 of IPv4, /56 of IPv6) get answered.</summary>
/// <param name="PerSecond">In the long run; at least 1.</param>
/// <param name="Burst">At once after a quiet time; at least 1.</param>
/// <remarks>Above it every second question gets an empty answer with TC, so that an honest client goes on over TCP, and the others get nothing.</remarks>
public sealed record RateLimit(int PerSecond, int Burst);
