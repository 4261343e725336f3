namespace Homestack.Engine.Naming;

/// <summary>Why a name is neither given nor taken. Nothing was changed.</summary>
internal sealed class NameRefusal(int status, string words, string next = "") : Exception(words)
{
    /// <summary>Of the answer over HTTP.</summary>
    public int Status { get; } = status;

    public string Next { get; } = next;
}
