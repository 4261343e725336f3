using System.Text;
using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;

namespace Homestack.EndToEnd.Drift;

/// <summary>Things of other people that look very much like ours.</summary>
internal static class LookAlikes
{
    public const int Count = 100;

    /// <summary>Sets of labels, none of which makes a thing ours.</summary>
    private static IReadOnlyList<JsonObject> LabelSets(string home, string digest) =>
    [
        [],
        new() { ["com.docker.compose.project"] = "main", ["com.docker.compose.service"] = "k00", ["com.docker.compose.container-number"] = "1" },
        new() { ["com.docker.compose.project"] = home, ["com.docker.compose.service"] = "k00", ["com.docker.compose.oneoff"] = "False" },
        new() { ["homestack.home"] = home + "2", ["homestack.resource"] = "service:main/k00", ["homestack.instance"] = "1", ["homestack.digest"] = digest },
        new() { ["homestack.home"] = home.ToUpperInvariant(), ["homestack.resource"] = "service:main/k00", ["homestack.digest"] = digest },
        new() { ["homestack.home"] = home + " ", ["homestack.resource"] = "service:main/k00" },
        new() { ["homestack.home"] = "", ["homestack.resource"] = "service:main/k00" },
        new() { ["homestack.home"] = home[..^1], ["homestack.resource"] = "service:main/k00" },
        new() { ["homestack.home "] = home, ["homestack.resource"] = "service:main/k00" },
        new() { ["Homestack.Home"] = home, ["homestack.resource"] = "service:main/k00" },
        new() { ["homestack_home"] = home, ["homestack.resource"] = "service:main/k00" },
        new() { ["homestack.home.name"] = home, ["homestack.resource"] = "service:main/k00" },
        new() { ["x.homestack.home"] = home, ["homestack.resource"] = "service:main/k00" },
        new() { ["homestack.resource"] = "service:main/k00", ["homestack.instance"] = "1", ["homestack.digest"] = digest },
        new() { ["homestack.resource"] = "network:main/default", ["homestack.digest"] = digest },
        new() { ["homestack.digest"] = digest },
        new() { ["homestack.home"] = home },
        new() { ["homestack.home"] = $"{home},{home}", ["homestack.resource"] = "service:main/k00" },
        new() { ["homestack.home"] = home + "\u0000", ["homestack.resource"] = "service:main/k00" },
        new() { ["homestack.home"] = home + "\u200b", ["homestack.resource"] = "service:main/k00" },
    ];

    /// <summary>Makes a hundred: containers that run or rest, networks and volumes.</summary>
    /// <param name="api">Of the engine.</param>
    /// <param name="home">Our home's name.</param>
    /// <param name="image">One that ours use too.</param>
    /// <param name="digest">The digest label of a container of ours.</param>
    public static async Task MakeAsync(EngineSocket api, string home, string image, string digest)
    {
        var sets = LabelSets(home, digest);
        string[] names = [$"{home}_main_k00_1", $"{home}-main-k00-1", $"{home}-main-k00_", $"{home}-main-k00-old-1", "main-k00-1"];
        for (var number = 0; number < Count; number++)
        {
            var labels = sets[number % sets.Count].DeepClone();
            var name = $"{names[number / sets.Count]}.{number}";
            switch (number / sets.Count)
            {
                case 3:
                    await api.SendAsync(HttpMethod.Post, "networks/create", new JsonObject { ["Name"] = name, ["Labels"] = labels });
                    break;
                case 4:
                    await api.SendAsync(HttpMethod.Post, "volumes/create", new JsonObject { ["Name"] = name, ["Labels"] = labels });
                    break;
                default:
                    await api.SendAsync(HttpMethod.Post, "containers/create?name=" + name, new JsonObject
                    {
                        ["Image"] = image,
                        ["Cmd"] = new JsonArray("sleep", "100000"),
                        ["Labels"] = labels,
                        ["HostConfig"] = new JsonObject { ["NetworkMode"] = "none" },
                    });
                    if (number % 10 == 0)
                    {
                        await api.SendAsync(HttpMethod.Post, $"containers/{name}/start");
                    }

                    break;
            }
        }
    }

    /// <summary>Everything about them, to the last byte that an engine shows.</summary>
    public static async Task<string> DescribeAsync(EngineSocket api)
    {
        var text = new StringBuilder();
        foreach (var container in (await api.GetAsync("containers/json?all=true")).AsArray().Where(container => IsOne($"{container?["Names"]?[0]}")).OrderBy(container => $"{container?["Names"]?[0]}", StringComparer.Ordinal))
        {
            text.AppendLine((await api.GetAsync($"containers/{container?["Id"]}/json")).ToJsonString());
        }

        foreach (var network in (await api.GetAsync("networks")).AsArray().Where(network => IsOne($"{network?["Name"]}")).OrderBy(network => $"{network?["Name"]}", StringComparer.Ordinal))
        {
            text.AppendLine(network?.ToJsonString());
        }

        foreach (var volume in ((await api.GetAsync("volumes"))["Volumes"] as JsonArray ?? []).Where(volume => IsOne($"{volume?["Name"]}")).OrderBy(volume => $"{volume?["Name"]}", StringComparer.Ordinal))
        {
            text.AppendLine(volume?.ToJsonString());
        }

        return text.ToString();
    }

    private static bool IsOne(string name) => name.Contains("k00", StringComparison.Ordinal) && name.Contains('.', StringComparison.Ordinal);
}
