namespace Homestack.EndToEnd.Faults;

/// <summary>A place in an apply where the process is killed.</summary>
/// <param name="Call">A system call of the state store; or <c>before</c> or <c>after</c> for a write to the container engine.</param>
/// <param name="Number">The n-th of these, from 1.</param>
internal sealed record CrashPoint(string Call, int Number)
{
    /// <summary>Before the engine hears of the n-th write, so after its step was journalled and before its effect.</summary>
    public const string BeforeEffect = "before";

    /// <summary>After the engine did it, before the answer arrives, so before the journal knows.</summary>
    public const string AfterEffect = "after";

    public bool IsAtTheEngine => Call is BeforeEffect or AfterEffect;

    public override string ToString() => IsAtTheEngine ? $"{Call} engine write {Number}" : $"at {Call} {Number}";
}
