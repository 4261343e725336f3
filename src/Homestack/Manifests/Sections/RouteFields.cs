using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary>The keys that say how requests are treated on their way; the same at a service and at a site.</summary>
internal static class RouteFields
{
    private const int LargestHeaders = 32 << 10;

    private static readonly Field<string> Name = new("name", ShapeList.Name(NameRule.Label), "Name below the home's domain that it answers at. Default: its own.");

    private static readonly Field<string> Path = new("path", ShapeList.Checked(RoutePath.Read, RoutePath.Words), "Path below which it answers, so that several share one name; the longest that fits wins. Default: everything.");

    private static readonly Field<bool> Strip = new("strip", ShapeList.Bool, "The application gets requests without that path, and hears of it in X-Forwarded-Prefix. Default false.");

    private static readonly Field<ValueMap<Located<string>>> Redirects = new("redirects", ShapeList.MapOf(RoutePath.From, ShapeList.Checked(RoutePath.ReadTo, RoutePath.ToWords)),
        "Paths from which visitors are sent on. With /* at the end everything below it, and /* at the end of where to stands for the rest.");

    private static readonly Field<bool> Maintenance = new("maintenance", ShapeList.Bool, "Visitors get a page that says that it is being worked on. Default false.");

    private static readonly Field<string> Protocol = new("protocol", ShapeList.Choice("http", "h2c", "grpc"), "What is spoken behind the name: http, which is HTTP/1.1; h2c, which is HTTP/2 without TLS; grpc means the same as h2c. Default http.");

    private static readonly Field<RequestRate> Requests = new("requests", ShapeList.Checked(RequestRate.Parse, "a number of requests and a time, such as 1200/10s, or none"), "Requests of one visitor's address. Default: 1200/10s for visitors from the internet, none for those from your zones.");

    private static readonly Field<ByteSize> Body = new("body", ShapeList.Bytes, "Largest body of a request; 0: any. Default 16GiB.");

    private static readonly Field<ByteSize> Headers = new("headers", new CheckedShape<ByteSize>(ShapeList.Bytes, size => size.Bytes is >= 1024 and <= LargestHeaders, "a size from 1KiB to 32KiB"), "All headers of a request together. Default 32KiB.");

    private static readonly Field<ByteSize> Slowest = new("slowest", ShapeList.Bytes, "Fewest bytes a second, over HTTP/1.1, that a body may come with or an answer be taken with; 0: any. Default 240.");

    private static readonly Shape<LimitsSpec> LimitsShape = new MappingShape<LimitsSpec>([Requests, Body, Headers, Slowest], fields => new()
    {
        Requests = fields.Get(Requests)?.Value, Body = fields.Get(Body)?.Value, Headers = fields.Get(Headers)?.Value, Slowest = fields.Get(Slowest)?.Value,
    });

    public static readonly Field<LimitsSpec> Limits = new("limits", LimitsShape, "What is too much for it.");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<IField> All = [Name, Path, Strip, Redirects, Maintenance, Protocol, Limits];

    /// <summary>Null when none of them was written.</summary>
    public static RouteSpec? Read(FieldReader fields)
    {
        var spec = new RouteSpec
        {
            Name = fields.Get(Name), Path = fields.Get(Path), Strip = fields.Get(Strip), Redirects = fields.Get(Redirects, ValueMap<Located<string>>.Empty),
            IsInMaintenance = fields.Get(Maintenance, false), Protocol = fields.Get(Protocol), Limits = fields.Get(Limits)?.Value,
        };
        return spec == new RouteSpec() ? null : spec;
    }
}
