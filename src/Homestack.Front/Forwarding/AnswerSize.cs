namespace Homestack.Front.Forwarding;

/// <summary>How long an answer was whose length was not known before. A feature of its request, for the access log.</summary>
internal sealed class AnswerSize
{
    public long Bytes { get; set; }
}
