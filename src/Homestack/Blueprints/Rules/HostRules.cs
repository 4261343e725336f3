using Homestack.Diagnostics;

namespace Homestack.Blueprints.Rules;

/// <summary>Hosts that are named exist, and no two are the same engine. Adds HS2203 and HS2212.</summary>
public static class HostRules
{
    public static void Check(HomeParts parts, DiagnosticBag diagnostics)
    {
        var hosts = parts.Hosts.Hosts;
        foreach (var host in Named(parts).Where(host => !hosts.ContainsKey(host.Value)).TakeWhile(_ => !diagnostics.IsFull))
        {
            diagnostics.Add(HomeDiagnostics.UnknownHost(host, [.. hosts.Keys]));
        }

        foreach (var group in parts.Home.Hosts.Where(host => host.Value.Value.IsThisMachine).GroupBy(host => hosts[host.Key].Engine, StringComparer.Ordinal))
        {
            var first = group.First();
            foreach (var (name, host) in group.Skip(1))
            {
                diagnostics.Add(HomeDiagnostics.TwoLocalHosts(name, host.Span, first.Key, first.Value.Span));
            }
        }
    }

    private static IEnumerable<Located<string>> Named(HomeParts parts)
    {
        IEnumerable<Located<string>?> all =
        [
            .. parts.Home.Stacks.Select(stack => stack.Host),
            .. parts.Home.Apps.Values.Select(app => app.Value.Host),
            .. parts.Home.Machines.Values.Select(machine => machine.Value.Host),
            .. parts.Manifest.Stacks.Select(stack => stack.Host),
            .. parts.Written.Select(written => written.Service.Extension.Host),
        ];
        return all.OfType<Located<string>>();
    }
}
