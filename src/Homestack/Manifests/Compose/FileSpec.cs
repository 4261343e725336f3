using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose;

/// <summary>A secret or config of the stack. Exactly one of its sources is set.</summary>
public sealed record FileSpec
{
    /// <summary>Its key in the file.</summary>
    public required Located<string> Name { get; init; }

    /// <summary>Host path, absolute or relative to the home's folder.</summary>
    public Located<string>? File { get; init; }

    /// <summary>The environment variable it named. Its value is not kept.</summary>
    public Located<string>? Variable { get; init; }

    /// <summary>The inline <c>content</c>; may name secrets.</summary>
    public Located<Text>? Content { get; init; }

    /// <summary>Name in the home's secret store, for <c>external: true</c>.</summary>
    public Located<string>? External { get; init; }
}

/// <summary>A service's use of a secret or config.</summary>
public sealed record FileMountSpec
{
    /// <summary>Key of the stack's secret or config.</summary>
    public required Located<string> Source { get; init; }

    /// <summary>File name or path in the container; empty: the default place.</summary>
    public string Target { get; init; } = "";

    public int? UserId { get; init; }

    public int? GroupId { get; init; }

    /// <summary>File mode bits.</summary>
    public int? Mode { get; init; }
}
