using Homestack.Diagnostics;

namespace Homestack.Blueprints.Rules;

/// <summary>People and services that sections name exist. Adds HS2204 and HS2205.</summary>
public static class ReferenceRules
{
    public static void Check(HomeParts parts, DiagnosticBag diagnostics)
    {
        var people = parts.Home.People;
        var services = parts.Nameable.ToHashSet(StringComparer.Ordinal);
        foreach (var peer in parts.Home.Vpn is { } vpn ? vpn.Value.Peers.Values.Select(peer => peer.Value) : [])
        {
            if (peer.Person is { } person && !people.ContainsKey(person.Value) && !diagnostics.IsFull)
            {
                diagnostics.Add(HomeDiagnostics.UnknownPerson(person, [.. people.Keys]));
            }

            CheckServices(services, peer.Access.Where(item => item.Value != "full"), diagnostics);
        }

        CheckServices(services, parts.Home.Backups is { } backups ? backups.Value.Without : [], diagnostics);
    }

    private static void CheckServices(HashSet<string> known, IEnumerable<Located<string>> names, DiagnosticBag diagnostics)
    {
        foreach (var name in names.Where(name => !known.Contains(name.Value)).TakeWhile(_ => !diagnostics.IsFull))
        {
            diagnostics.Add(HomeDiagnostics.UnknownService(name, known));
        }
    }
}
