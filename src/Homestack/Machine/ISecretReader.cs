namespace Homestack.Machine;

/// <summary>How drivers get at secrets at the moment of use.</summary>
public interface ISecretReader
{
    /// <summary>The secret's value; null when none of that name was set. Never goes into a message, a label, an argument or a plan.</summary>
    string? Read(string name);

    /// <summary>A digest that is equal for equal values and tells nobody the value: safe for labels and plans. Null when no secret of that name was set.</summary>
    string? Digest(string name);
}
