using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose;

/// <summary>The parts of <c>deploy</c> that mean something on one engine. Null: not said.</summary>
/// <remarks><para>Source: Compose Deploy Specification.</para></remarks>
public sealed record DeploySpec
{
    public Located<long>? Replicas { get; init; }

    /// <summary>CPUs, such as 0.5.</summary>
    public Located<decimal>? Cpus { get; init; }

    public Located<ByteSize>? Memory { get; init; }

    public Located<long>? Pids { get; init; }

    public Located<ByteSize>? MemoryReservation { get; init; }

    public ValueList<DeviceRequestSpec> Devices { get; init; } = [];

    public RestartPolicySpec? RestartPolicy { get; init; }
}

/// <summary><c>deploy.restart_policy</c>.</summary>
/// <param name="Condition"><c>none</c>, <c>on-failure</c> or <c>any</c>.</param>
/// <param name="MaximumAttempts">0 for no limit.</param>
public sealed record RestartPolicySpec(string Condition, int MaximumAttempts);

/// <summary>Devices that a driver hands out, such as GPUs.</summary>
public sealed record DeviceRequestSpec
{
    public string Driver { get; init; } = "";

    /// <summary>−1 for all; unused when ids are given.</summary>
    public int Count { get; init; } = -1;

    public ValueList<string> Ids { get; init; } = [];

    public ValueList<string> Capabilities { get; init; } = [];

    public ValueMap<Located<string>> Options { get; init; } = ValueMap<Located<string>>.Empty;
}
