using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary>How requests are treated on their way, as written at a service or a site.</summary>
public sealed record RouteSpec
{
    /// <summary>First label of the name it answers at.</summary>
    public Located<string>? Name { get; init; }

    /// <summary>Such as <c>/books</c>: without a slash at its end.</summary>
    public Located<string>? Path { get; init; }

    /// <summary>The application does not see the path.</summary>
    public Located<bool>? Strip { get; init; }

    /// <summary>Path, or path with <c>/*</c> at its end → path or URL.</summary>
    public ValueMap<Located<string>> Redirects { get; init; } = ValueMap<Located<string>>.Empty;

    /// <summary>Visitors get a page that says so.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary><c>http</c>, <c>h2c</c> or <c>grpc</c>.</summary>
    public Located<string>? Protocol { get; init; }

    public LimitsSpec? Limits { get; init; }
}

/// <summary>The key <c>limits</c>; null: the usual one.</summary>
public sealed record LimitsSpec
{
    public RequestRate? Requests { get; init; }

    public ByteSize? Body { get; init; }

    public ByteSize? Headers { get; init; }

    public ByteSize? Slowest { get; init; }
}
