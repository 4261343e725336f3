using System.Text.Json.Serialization;
using Homestack.Planes;

namespace Homestack.Tests.Model;

/// <summary>One call to the world of boxes.</summary>
[JsonDerivedType(typeof(MakeBox), "make-box")]
[JsonDerivedType(typeof(RenameBox), "rename-box")]
[JsonDerivedType(typeof(CheckBox), "check-box")]
[JsonDerivedType(typeof(RemoveBox), "remove-box")]
internal abstract record BoxesChange : Change;

internal sealed record MakeBox(string Name, string Digest) : BoxesChange
{
    public override string Summary => $"make {Name} with {Digest}";
}

internal sealed record RenameBox(string From, string To) : BoxesChange
{
    public override string Summary => $"rename {From} to {To}";
}

internal sealed record CheckBox(string Name) : BoxesChange
{
    public override string Summary => $"check {Name}";
}

/// <param name="Name">Which.</param>
/// <param name="OnlyWhile">Another that must be there, or nothing happens; empty: always.</param>
internal sealed record RemoveBox(string Name, string OnlyWhile = "") : BoxesChange
{
    public override string Summary => $"remove {Name}";
}

[JsonSerializable(typeof(BoxesChange))]
internal sealed partial class BoxesJson : JsonSerializerContext;
