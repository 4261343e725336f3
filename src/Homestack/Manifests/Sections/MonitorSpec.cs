using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>Something that is checked from time to time, as written under <c>monitors</c>. Exactly one of url, tcp and ping. Services are checked without being named here.</summary>
public sealed record MonitorSpec
{
    public Located<string>? Url { get; init; }

    /// <summary><c>host:port</c>.</summary>
    public Located<string>? Tcp { get; init; }

    public Located<string>? Ping { get; init; }

    /// <summary>5 s to 1 day. Default 60 s.</summary>
    public Located<TimeSpan>? Every { get; init; }

    /// <summary>Default 10 s; shorter than <see cref="Every"/>.</summary>
    public Located<TimeSpan>? Timeout { get; init; }

    /// <summary>HTTP status codes that count as well, 100 to 599. Empty: 200 to 399.</summary>
    public ValueList<Located<int>> Expect { get; init; } = [];
}
