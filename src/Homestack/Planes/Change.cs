namespace Homestack.Planes;

/// <summary>One call to the machine. Each plane has a closed set of these records.</summary>
/// <remarks>Carrying one out twice is the same as once: after a crash the plan is made anew from the world, and may contain it again.</remarks>
public abstract record Change
{
    /// <summary>The verb and its object in a few words, such as <c>create container krynet-photos-server</c>. Deterministic; never a secret.</summary>
    public abstract string Summary { get; }
}
