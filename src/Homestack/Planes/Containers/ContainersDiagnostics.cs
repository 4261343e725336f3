using Homestack.Diagnostics;

namespace Homestack.Planes.Containers;

/// <summary>What the container engines stand in the way of, one method per problem.</summary>
public static class ContainersDiagnostics
{
    public static Diagnostic ContainerNameHeld(string name, string id, string host, string place) => Error("HS3001", "A container that is not ours holds the name",
        $"{At(place)}needs the container name \"{name}\"{On(host)}, which container {Short(id)} has. It does not carry this home's label, so it is not touched. "
        + $"Rename it (docker rename {name} {name}-before), remove it (docker rm {name}), or take it over as it is with: homestack import");

    public static Diagnostic NetworkNameHeld(string name, string id, string host, string place) => Error("HS3002", "A network that is not ours holds the name",
        $"{At(place)}needs the network name \"{name}\"{On(host)}, which network {Short(id)} has. It does not carry this home's label, so it is not touched. "
        + $"Remove it (docker network rm {name}), or use it as it is: external: true.");

    public static Diagnostic VolumeNameHeld(string name, string host, string place) => Error("HS3003", "A volume that is not ours holds the name",
        $"{At(place)}needs the volume name \"{name}\"{On(host)}, and a volume of that name is there without this home's label. "
        + "What is in it is not ours to use. If it is the data you mean, say so: external: true with its name; otherwise give this volume another name.");

    public static Diagnostic SecretNotSet(string secret, string place) => Error("HS3004", "A secret is not set",
        $"{At(place)}needs the secret \"{secret}\", which has no value. Write it to the file secrets/{secret} in the state folder, readable by its owner only.");

    public static Diagnostic ExternalNetworkMissing(string name, string host, string place) => Error("HS3005", "An external network is not there",
        $"{At(place)}uses the network \"{name}\", which is external and is not{On(host, " on this machine")}. Create it (docker network create {name}), or remove external: true.");

    public static Diagnostic ExternalVolumeMissing(string name, string host, string place) => Error("HS3006", "An external volume is not there",
        $"{At(place)}uses the volume \"{name}\", which is external and is not{On(host, " on this machine")}. Create it (docker volume create {name}), or remove external: true.");

    public static Diagnostic VolumeDiffers(string name, string host, string place) => Error("HS3007", "A volume cannot be changed in place",
        $"{At(place)}declares driver or options for the volume \"{name}\"{On(host)} other than those it was made with. A volume is never replaced, because that would lose what is in it. "
        + "Declare a new volume beside it, copy the data over, then remove the old declaration; or put the old settings back.");

    public static Diagnostic PinnedImageGone(string reference, string id, string host) => Error("HS3008", "The image of then is gone",
        $"The generation to go back to ran image {Short(id)} for \"{reference}\". It is no longer{On(host, " on this machine")}, and it was never in a registry, so it cannot be fetched again.");

    public static Diagnostic ContextUnreadable(string reference, string words, string place) => Error("HS3009", "A build context cannot be read",
        $"{At(place)}builds the image \"{reference}\", but its context cannot be read: {words}");

    public static Diagnostic NetworkInUseByOthers(string name, string who, string host, string place) => Error("HS3010", "A network to replace is used by others",
        $"{At(place)}changes the network \"{name}\"{On(host)}, which means making it anew, but containers that are not ours are on it: {who}. "
        + "They are not touched. Detach them first (docker network disconnect), or put the old settings back.");

    public static Diagnostic EngineNameTwice(string name, string first, string second) => Error("HS3011", "Two services get one container name",
        $"The services \"{first}\" and \"{second}\" would both get the container name \"{name}\". Rename one of them.");

    public static Diagnostic FilesOnRemoteHost(string service, string host, string place) => Error("HS3012", "Made files cannot go to another host yet",
        $"{At(place)}the service \"{service}\" gets a file that is made from a secret or config, but runs on the host \"{host}\". Put the file there and mount it, or use an environment value.");

    public static Diagnostic ImageNeverPulled(string reference, string host, string place) => Error("HS3013", "An image is not there and may not be pulled",
        $"{At(place)}uses the image \"{reference}\" with pull_policy: never, and it is not{On(host, " on this machine")}. Load it (docker load), or change the policy.");

    public static Diagnostic OrphanNetworkInUse(string name, string who, string host) => Warning("HS3014", "A network stays because others use it",
        $"The network \"{name}\"{On(host)} is no longer declared, but containers that are not ours are on it: {who}. It stays until they are gone.");

    private static Diagnostic Error(string code, string summary, string detail) => new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail };

    private static Diagnostic Warning(string code, string summary, string detail) => new() { Code = code, Severity = Severity.Warning, Summary = summary, Detail = detail };

    private static string At(string place) => place.Length == 0 ? "The home " : $"{place} ";

    private static string On(string host, string otherwise = "") => host == Blueprints.Host.Local ? otherwise : $" on host \"{host}\"";

    private static string Short(string id) => id.StartsWith("sha256:", StringComparison.Ordinal) ? id[..Math.Min(id.Length, 19)] : id[..Math.Min(id.Length, 12)];
}
