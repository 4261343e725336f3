using Homestack.Collections;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>What can be changed on a container that exists: <c>POST /containers/{id}/update</c>. Null: as it is.</summary>
public sealed record ContainerLimits
{
    public long? NanoCpus { get; init; }

    public long? CpuShares { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuQuota { get; init; }

    public string? CpusetCpus { get; init; }

    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Bytes.</summary>
    public long? MemoryReservation { get; init; }

    /// <summary>Bytes of memory and swap together; −1 for no limit.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>−1 for no limit.</summary>
    public long? PidsLimit { get; init; }

    public RestartPolicyBody? RestartPolicy { get; init; }
}

/// <summary>An image to fetch.</summary>
/// <param name="Reference">With tag or digest.</param>
/// <param name="Platform">Such as <c>linux/amd64</c>; empty for the engine's own.</param>
/// <param name="Credentials">Value of <c>X-Registry-Auth</c>; empty for none. Never logged.</param>
public sealed record PullRequest(string Reference, string Platform, string Credentials);

/// <summary>How far a pull has come: bytes over all layers seen so far.</summary>
public sealed record PullProgress(string Words, long Done, long Total);

/// <summary>An image to build. Source: Docker Engine API, <c>ImageBuild</c>.</summary>
public sealed record BuildRequest
{
    /// <summary>Names to give it, the first is the main one.</summary>
    public required ValueList<string> Tags { get; init; }

    /// <summary>Path in the context.</summary>
    public required string Dockerfile { get; init; }

    public ValueMap<string> Args { get; init; } = ValueMap<string>.Empty;

    public ValueMap<string> Labels { get; init; } = ValueMap<string>.Empty;

    public ValueList<string> CacheFrom { get; init; } = [];

    public ValueList<string> ExtraHosts { get; init; } = [];

    public string Target { get; init; } = "";

    public string Network { get; init; } = "";

    public string Platform { get; init; } = "";

    /// <summary>Bytes; null for the engine's default.</summary>
    public long? ShmSize { get; init; }

    public bool NoCache { get; init; }

    public bool PullBase { get; init; }
}

/// <summary>The body of <c>POST /networks/{id}/connect</c>.</summary>
public sealed record ConnectBody(string Container, EndpointSettings? EndpointConfig);

/// <summary>The body of <c>POST /networks/{id}/disconnect</c>.</summary>
public sealed record DisconnectBody(string Container, bool Force);

/// <summary>A program to run in a container: <c>POST /containers/{id}/exec</c>.</summary>
public sealed record ExecBody
{
    public required ValueList<string> Cmd { get; init; }

    public ValueList<string>? Env { get; init; }

    public string? User { get; init; }

    public string? WorkingDir { get; init; }

    public bool Tty { get; init; }

    public bool AttachStdin { get; init; }

    public bool AttachStdout { get; init; } = true;

    public bool AttachStderr { get; init; } = true;
}

/// <summary>The body of <c>POST /exec/{id}/start</c>.</summary>
public sealed record ExecStartBody(bool Detach, bool Tty);

/// <summary>The answer of <c>GET /exec/{id}/json</c>. The code is null while it runs.</summary>
public sealed record ExecInspection(bool Running, int? ExitCode);

/// <summary>Which lines of a container's output are wanted.</summary>
/// <param name="Tail">How many of the last ones; null for all.</param>
/// <param name="Follows">Go on with what comes.</param>
/// <param name="HasTimes">Begin each with its time (RFC 3339).</param>
/// <param name="Since">None from before; null for no such limit.</param>
public sealed record LogRequest(int? Tail, bool Follows, bool HasTimes, DateTimeOffset? Since = null);

/// <summary>A line of a container's output, without its line break.</summary>
public sealed record LogLine(LogSource Source, string Words);

/// <summary>Where a container wrote it.</summary>
public enum LogSource
{
    Output,
    Error,
}

/// <summary>Whether a container may still run when it is removed.</summary>
public enum RemovalMode
{
    /// <summary>A running one is refused.</summary>
    WhenStopped,

    /// <summary>A running one is killed.</summary>
    Forced,
}
