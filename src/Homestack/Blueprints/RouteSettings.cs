using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Blueprints;

/// <summary>How requests to one thing are treated on their way.</summary>
public sealed record RouteSettings
{
    /// <summary>First label of the name it answers at; null: its own name.</summary>
    public string? Name { get; init; }

    /// <summary>Such as <c>/books</c>, without a slash at its end; null: everything that nothing else at that name takes.</summary>
    public string? Path { get; init; }

    /// <summary>The application does not see the path.</summary>
    public bool Strips { get; init; }

    /// <summary>Path, or path with <c>/*</c> at its end → path or URL, perhaps with <c>/*</c> at its end; null: none.</summary>
    public ValueMap<string>? Redirects { get; init; }

    /// <summary>Visitors get a page that says that it is being worked on.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary>HTTP/2 without TLS is spoken behind the name, as gRPC servers do; else HTTP/1.1.</summary>
    public bool SpeaksHttp2 { get; init; }

    /// <summary>What was said of limits; null: the usual ones.</summary>
    public RouteLimits? Limits { get; init; }
}

/// <summary>What is too much, for one service or site. Null: the usual limit.</summary>
public sealed record RouteLimits
{
    /// <summary>Of one visitor's address. What is usual counts for visitors from the internet only; what is written, for all.</summary>
    public RequestRate? Requests { get; init; }

    /// <summary>Largest body; 0: any.</summary>
    public ByteSize? Body { get; init; }

    /// <summary>All headers of a request together.</summary>
    public ByteSize? Headers { get; init; }

    /// <summary>Fewest bytes a second that a body may come with, or an answer be taken with; 0: any.</summary>
    public ByteSize? Slowest { get; init; }
}
