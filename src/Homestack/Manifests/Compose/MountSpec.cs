using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose;

/// <summary>One entry of a service's <c>volumes</c>, in either syntax.</summary>
public sealed record MountSpec
{
    public required MountSpecKind Kind { get; init; }

    /// <summary>Volume key, or host path (absolute or relative to the home's folder); empty for anonymous volumes and tmpfs.</summary>
    public Located<string> Source { get; init; }

    /// <summary>Absolute path in the container.</summary>
    public required Located<string> Target { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>Such as <c>rslave</c>; empty when not said.</summary>
    public string Propagation { get; init; } = "";

    /// <summary>Make the host folder when it is missing.</summary>
    public bool CreatesHostPath { get; init; }

    /// <summary><c>z</c> or <c>Z</c>; empty when not said.</summary>
    public string SelinuxLabel { get; init; } = "";

    public bool IsNoCopy { get; init; }

    public string SubPath { get; init; } = "";

    public ByteSize? TmpfsSize { get; init; }

    /// <summary>File mode bits.</summary>
    public int? TmpfsMode { get; init; }
}

/// <summary>What is mounted.</summary>
public enum MountSpecKind
{
    Volume,
    Bind,
    Tmpfs,
}
