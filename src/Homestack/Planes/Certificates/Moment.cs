namespace Homestack.Planes.Certificates;

/// <summary>A moment by two clocks: the one that people set, and the one that only counts since the machine started.</summary>
/// <param name="Utc">May jump either way.</param>
/// <param name="SinceBoot">Never jumps, and starts anew with the machine.</param>
/// <param name="Boot">Which start of the machine; empty: unknown.</param>
public sealed record Moment(DateTimeOffset Utc, TimeSpan SinceBoot, string Boot)
{
    /// <summary>Time that has surely passed since an earlier moment, whatever the clock was set to meanwhile; of one before the machine's last start, what passed since then.</summary>
    public TimeSpan AtLeastSince(Moment earlier) => Boot.Length > 0 && Boot == earlier.Boot ? SinceBoot - earlier.SinceBoot : SinceBoot;

    /// <summary>Time that has passed since an earlier moment as far as one can tell.</summary>
    public TimeSpan AboutSince(Moment earlier) => Boot.Length > 0 && Boot == earlier.Boot ? SinceBoot - earlier.SinceBoot : Utc > earlier.Utc ? Utc - earlier.Utc : SinceBoot;
}
