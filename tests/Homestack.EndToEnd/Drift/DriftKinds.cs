using System.Text.Json.Nodes;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Drift;

/// <summary>Every kind of drift that a container engine allows.</summary>
internal static class DriftKinds
{
    private const int MiB = 1 << 20;

    public static IReadOnlyList<DriftKind> All { get; } =
    [
        .. Lives(), .. Limits(), .. Networks(), .. Copies(), .. ByHand(),
    ];

    private static IEnumerable<DriftKind> Lives() =>
    [
        new("stopped", drifted => drifted.DoAsync("stop?t=0")),
        new("killed", drifted => drifted.DoAsync("kill")),
        new("killed past the engine", async drifted => Signals.Send((int?)(await drifted.InspectAsync())["State"]?["Pid"] ?? 0, Signals.Kill)),
        new("stopped though always restarted", drifted => drifted.DoAsync("stop?t=0")) { Lines = ["restart: always"] },
        new("paused", drifted => drifted.DoAsync("pause")),
        new("removed", drifted => drifted.RemoveAsync(drifted.Container)),
        new("renamed", drifted => drifted.DoAsync($"rename?name=somebody-{drifted.Service}")),
        new("one of two removed", drifted => drifted.RemoveAsync(drifted.Container + "-2")) { IsScaled = true, Reported = "#2" },
    ];

    private static IEnumerable<DriftKind> Limits() =>
    [
        new("restart policy given", Update("RestartPolicy", new JsonObject { ["Name"] = "always" })),
        new("restart policy taken", Update("RestartPolicy", new JsonObject { ["Name"] = "no" })) { Lines = ["restart: unless-stopped"] },
        new("restart count changed", Update("RestartPolicy", new JsonObject { ["Name"] = "on-failure", ["MaximumRetryCount"] = 9 })) { Lines = ["restart: on-failure:3"] },
        new("memory raised", drifted => drifted.DoAsync("update", new JsonObject { ["Memory"] = 96 * MiB, ["MemorySwap"] = 192 * MiB })) { Lines = ["mem_limit: 64m"] },
        new("memory limited", drifted => drifted.DoAsync("update", new JsonObject { ["Memory"] = 96 * MiB, ["MemorySwap"] = 192 * MiB })),
        new("swap raised", Update("MemorySwap", 256 * MiB)) { Lines = ["mem_limit: 64m"] },
        new("memory reserved", Update("MemoryReservation", 32 * MiB)),
        new("processor share changed", Update("NanoCpus", 900_000_000)) { Lines = ["cpus: 0.5"] },
        new("processor limited", Update("NanoCpus", 900_000_000)),
        new("processor weight given", Update("CpuShares", 512)),
        new("pinned to a processor", Update("CpusetCpus", "0")),
        new("process limit changed", Update("PidsLimit", 77)) { Lines = ["pids_limit: 50"] },
        new("process limit given", Update("PidsLimit", 77)),
    ];

    private static IEnumerable<DriftKind> Networks() =>
    [
        new("taken off its network", drifted => drifted.DisconnectAsync(drifted.Network("default"))),
        new("taken off one of two networks", drifted => drifted.DisconnectAsync(drifted.Network("second"))) { Lines = ["networks: [default, second]"] },
        new("put on another network of the home", drifted => drifted.ConnectAsync(drifted.Network("second"), drifted.Service)),
        new("put on somebody else's network", async drifted =>
        {
            await drifted.PostAsync("networks/create", new JsonObject { ["Name"] = "somebody-" + drifted.Service });
            await drifted.ConnectAsync("somebody-" + drifted.Service);
        }),
        new("alias lost", drifted => ReconnectAsync(drifted, drifted.Service)) { Lines = ["networks: { default: { aliases: [other-name] } }"] },
        new("alias given", drifted => ReconnectAsync(drifted, drifted.Service, "a-new-name")),
        new("network removed", async drifted =>
        {
            await drifted.DisconnectAsync(drifted.Network("lost"));
            await drifted.Engine.Api.SendAsync(HttpMethod.Delete, "networks/" + drifted.Network("lost"));
        }) { Lines = ["networks: [default, lost]"], Reported = "main/lost" },
        new("network made anew with other settings", async drifted =>
        {
            var there = await drifted.Engine.Api.GetAsync("networks/" + drifted.Network("opened"));
            await drifted.DisconnectAsync(drifted.Network("opened"));
            await drifted.Engine.Api.SendAsync(HttpMethod.Delete, "networks/" + drifted.Network("opened"));
            await drifted.PostAsync("networks/create", new JsonObject { ["Name"] = drifted.Network("opened"), ["Labels"] = there["Labels"]?.DeepClone() });
            await drifted.ConnectAsync(drifted.Network("opened"), drifted.Service);
        }) { Lines = ["networks: [default, opened]"], Reported = "main/opened" },
        new("copy of a network", async drifted =>
        {
            var there = await drifted.Engine.Api.GetAsync("networks/" + drifted.Network("second"));
            await drifted.PostAsync("networks/create", new JsonObject { ["Name"] = "a-copy-of-" + drifted.Network("second"), ["Internal"] = true, ["Labels"] = there["Labels"]?.DeepClone() });
        }) { Reported = "main/second" },
        new("network that is no longer declared", drifted => drifted.PostAsync("networks/create", new JsonObject
        {
            ["Name"] = "left-over",
            ["Labels"] = new JsonObject { ["homestack.home"] = drifted.Home, ["homestack.resource"] = "network:main/left-over", ["homestack.digest"] = "00" },
        })) { Reported = "main/left-over" },
    ];

    private static IEnumerable<DriftKind> Copies() =>
    [
        new("running copy with our labels", drifted => drifted.CopyAsync("copy-of-" + drifted.Service, _ => { })),
        new("copy of a service that is no longer declared", drifted => drifted.CopyAsync("ghost", body => Label(body, "homestack.resource", "service:main/ghost"))) { Reported = "main/ghost" },
        new("one instance more", drifted => drifted.CopyAsync(drifted.Container + "-2", body => Label(body, "homestack.instance", "2"))) { Reported = "#2" },
        new("image name moved", async drifted =>
        {
            await drifted.Engine.ImportAsync("test/moved:new");
            await drifted.PostAsync("images/test/moved:new/tag?repo=test/moved&tag=1");
        }) { Lines = ["# moved"] },
        new("made anew from another image", drifted => drifted.MakeAnewAsync(body => body["Image"] = "test/other:1")),
        new("made anew and not started", async drifted =>
        {
            await drifted.MakeAnewAsync(_ => { });
            await drifted.MakeAnewAsync(body => Label(body, "homestack.digest", "0000"));
        }),
    ];

    private static IEnumerable<DriftKind> ByHand() =>
    [
        Anew("another command", body => body["Cmd"] = new JsonArray("sleep", "99999")),
        Anew("a variable more", body => body["Env"] = new JsonArray("BY_HAND=1")),
        Anew("a variable changed", body => body["Env"] = new JsonArray("LEVEL=debug")) with { Lines = ["environment: { LEVEL: info }"] },
        Anew("all rights", body => Host(body)["Privileged"] = true),
        Anew("a capability more", body => Host(body)["CapAdd"] = new JsonArray("NET_ADMIN")),
        Anew("a capability back", body => Host(body)["CapDrop"] = null) with { Lines = ["cap_drop: [ALL]"] },
        Anew("a writable root", body => Host(body)["ReadonlyRootfs"] = false) with { Lines = ["read_only: true"] },
        Anew("a folder of the machine", body => Host(body)["Binds"] = new JsonArray("/etc:/host-etc")),
        Anew("a published port", body => Host(body)["PortBindings"] = new JsonObject { ["81/tcp"] = new JsonArray(new JsonObject { ["HostIp"] = "127.0.0.1", ["HostPort"] = "0" }) }),
        Anew("another user", body => body["User"] = "12:34"),
        Anew("the machine's processes", body => Host(body)["PidMode"] = "host"),
        Anew("the machine's network", body =>
        {
            Host(body)["NetworkMode"] = "host";
            body.Remove("NetworkingConfig");
        }),
        Anew("a device", body => Host(body)["Devices"] = new JsonArray(new JsonObject { ["PathOnHost"] = "/dev/null", ["PathInContainer"] = "/dev/by-hand", ["CgroupPermissions"] = "rwm" })),
    ];

    private static DriftKind Anew(string name, Action<JsonObject> change) => new("made anew with " + name, drifted => drifted.MakeAnewAsync(change)) { Reported = ": it was made anew by hand" };

    private static Func<DriftedService, Task> Update(string key, JsonNode value) => drifted => drifted.DoAsync("update", new JsonObject { [key] = value.DeepClone() });

    private static async Task ReconnectAsync(DriftedService drifted, params string[] aliases)
    {
        await drifted.DisconnectAsync(drifted.Network("default"));
        await drifted.ConnectAsync(drifted.Network("default"), aliases);
    }

    private static JsonObject Host(JsonObject body) => body["HostConfig"] as JsonObject ?? [];

    private static void Label(JsonObject body, string label, string value)
    {
        if (body["Labels"] is JsonObject labels)
        {
            labels[label] = value;
        }
    }
}
