namespace Homestack.Diagnostics;

/// <summary>A value with the place it was written at. Equal by value alone.</summary>
public readonly record struct Located<T>(T Value, SourceSpan Span)
{
    public bool Equals(Located<T> other) => EqualityComparer<T>.Default.Equals(Value, other.Value);

    public override int GetHashCode() => Value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(Value);

    public override string ToString() => Value?.ToString() ?? "";
}
