using Homestack.Diagnostics;

namespace Homestack.Blueprints.Rules;

/// <summary>Every rule about the home as a whole. A rule adds diagnostics and changes nothing.</summary>
public static class HomeRules
{
    public static void Check(HomeParts parts, DiagnosticBag diagnostics)
    {
        HostRules.Check(parts, diagnostics);
        ZoneRules.Check(parts, diagnostics);
        NameRules.Check(parts, diagnostics);
        PublicNameRules.Check(parts, diagnostics);
        PortRules.Check(parts, diagnostics);
        VpnRules.Check(parts, diagnostics);
        ReferenceRules.Check(parts, diagnostics);
        DependencyRules.Check(parts, diagnostics);
        SleepRules.Check(parts, diagnostics);
    }
}
