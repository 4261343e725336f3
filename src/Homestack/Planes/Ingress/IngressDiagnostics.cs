using Homestack.Diagnostics;

namespace Homestack.Planes.Ingress;

/// <summary>What stands in the way of a route, one method per problem.</summary>
public static class IngressDiagnostics
{
    public static Diagnostic PortOfTheFront(string service, int port, string place) => new()
    {
        Code = "HS3102",
        Severity = Severity.Warning,
        Summary = "Port is the home's own",
        Detail = $"{place} \"{service}\" asks for port {port}, where the home itself answers. It is not opened for the service; say with \"port\" which of its ports speaks HTTP, or choose another number.",
    };

    public static Diagnostic OnAnotherHost(string service, string host, string place) => new()
    {
        Code = "HS3101",
        Severity = Severity.Warning,
        Summary = "What is exposed runs on another host",
        Detail = $"{place} \"{service}\" runs on \"{host}\". Routes to other hosts are not made yet.",
    };
}
