using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary>A virtual machine, as written under <c>machines</c>.</summary>
public sealed record MachineSpec
{
    /// <summary>Disk image that it begins with.</summary>
    public Located<string>? Image { get; init; }

    /// <summary>Virtual CPUs, 1 to 256. Default 2.</summary>
    public Located<int>? Cpu { get; init; }

    /// <summary>Default 2 GiB.</summary>
    public Located<ByteSize>? Memory { get; init; }

    /// <summary>Size of the first disk; absent: as large as the image.</summary>
    public Located<ByteSize>? Disk { get; init; }

    public ValueList<Located<string>> Expose { get; init; } = [];

    public Located<string>? Host { get; init; }

    /// <summary><c>always</c> or <c>manual</c>. Default <c>always</c>.</summary>
    public Located<string>? Start { get; init; }
}
