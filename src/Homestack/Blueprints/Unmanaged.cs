using Homestack.Collections;
using Homestack.Manifests.Sections;

namespace Homestack.Blueprints;

/// <summary>What the home asks for and no plane brings about yet, with a sentence for the plan.</summary>
public static class Unmanaged
{
    /// <returns>By section; <c>expose</c> for what services say about who may reach them.</returns>
    public static ValueMap<string> Of(HomeSpec home, IReadOnlyCollection<Service> services)
    {
        var guarded = services.Count(service => service.Exposure.Zones.Count > 0 && service.Exposure.SignIn == SignIn.Homestack) + home.Sites.Values.Count(site => site.Value.SignIn is { Value: "homestack" });
        var relays = home.Hosts.Values.Count(host => host.Value.Role is { Value: "relay" });
        (string Section, bool IsAsked, string Sentence)[] sections =
        [
            ("sign-in", guarded > 0, $"{Count(guarded, "thing asks", "things ask")} for the home's sign-in; there is none yet, so no route is made to them."),
            ("relay", relays > 0, "The relay is known; no traffic goes through it yet."),
            ("people", home.People.Count > 0, $"{Count(home.People.Count, "person is", "people are")} known; nobody can sign in yet."),
            ("vpn", home.Vpn is not null, "The VPN is not set up yet."),
            ("apps", home.Apps.Count > 0, $"{Count(home.Apps.Count, "application is", "applications are")} asked for; there is no catalog yet."),
            ("machines", home.Machines.Count > 0, $"{Count(home.Machines.Count, "machine is", "machines are")} known and not started yet."),
            ("backups", home.Backups is not null, "No backup is made yet."),
            ("monitors", home.Monitors.Count > 0, $"{Count(home.Monitors.Count, "thing is", "things are")} known and not checked yet."),
            ("portal", home.Portal is not null, "The portal is not served yet."),
        ];
        return sections.Where(section => section.IsAsked).ToValueMap(section => section.Section, section => section.Sentence);
    }

    private static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
