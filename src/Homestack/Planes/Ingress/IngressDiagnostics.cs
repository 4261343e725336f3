using Homestack.Diagnostics;

namespace Homestack.Planes.Ingress;

/// <summary>What stands in the way of a route, one method per problem.</summary>
public static class IngressDiagnostics
{
    public static Diagnostic NameTwice(string hostName, string first, string second, string place) => new()
    {
        Code = "HS3101",
        Severity = Severity.Error,
        Summary = "Two things would answer at one name",
        Detail = $"{place} \"{second}\" would answer at {hostName}, and so would \"{first}\". A visitor can only get one of them. Rename one, or expose only one.",
    };

    public static Diagnostic OnAnotherHost(string service, string host, string place) => new()
    {
        Code = "HS3102",
        Severity = Severity.Warning,
        Summary = "What is exposed runs on another host",
        Detail = $"{place} \"{service}\" runs on \"{host}\". Routes to other hosts are not made yet.",
    };
}
