using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>A machine, as written under <c>hosts</c>.</summary>
public sealed record HostSpec
{
    /// <summary>Address or DNS name by which other machines reach it.</summary>
    public Located<string>? Address { get; init; }

    /// <summary><c>unix:///path</c>, <c>ssh://user@host[:port]</c> or <c>tcp://host:port</c>. Absent: this machine.</summary>
    public Located<string>? Connect { get; init; }

    /// <summary><c>server</c> or <c>relay</c>. Default <c>server</c>.</summary>
    public Located<string>? Role { get; init; }

    /// <summary>Folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>, for <c>tcp://</c>.</summary>
    public Located<string>? Tls { get; init; }

    /// <summary>It is the machine that Homestack itself runs on: reached through a local socket.</summary>
    public bool IsThisMachine => Connect is not { } connect || connect.Value.StartsWith("unix://", StringComparison.Ordinal);
}
