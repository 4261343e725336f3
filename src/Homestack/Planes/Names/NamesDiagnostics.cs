using Homestack.Diagnostics;

namespace Homestack.Planes.Names;

/// <summary>What stands in the way of answering names.</summary>
public static class NamesDiagnostics
{
    public static Diagnostic NoAddress(string written) => new()
    {
        Code = "HS3111",
        Severity = Severity.Warning,
        Summary = "The address of this machine is not known",
        Detail = (written.Length == 0 ? "The manifest does not say under which address others reach this machine" : $"\"{written}\" is a name, not an address")
            + ", so the name server has nothing true to answer and is not started. Say it: hosts: { nuc: { address: 192.168.1.10 } }.",
    };
}
