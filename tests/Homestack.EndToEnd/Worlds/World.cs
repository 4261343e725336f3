using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;

namespace Homestack.EndToEnd.Worlds;

/// <summary>All that an engine holds, as text that two worlds can be compared by: no ids, no times, no addresses that it chose by itself.</summary>
/// <remarks>Unlabelled things are in it too, so that a leftover or a doubled container is a difference. The files of each volume are in it by digest.</remarks>
internal static class World
{
    /// <summary>Labels that say which run made a thing, and so differ between two runs that end in the same world.</summary>
    private static readonly string[] RunLabels = ["homestack.generation"];

    public static async Task<string> DescribeAsync(EngineSocket api)
    {
        var text = new StringBuilder();
        foreach (var container in await EachAsync(api, "containers/json?all=true", "Id", id => $"containers/{id}/json"))
        {
            DescribeContainer(container, text);
        }

        foreach (var network in await EachAsync(api, "networks?filters=" + Uri.EscapeDataString("""{"type":["custom"]}"""), "Id", id => $"networks/{id}"))
        {
            text.Append("network ").Append(network["Name"]).Append(" driver=").Append(network["Driver"]).Append(" internal=").Append(network["Internal"])
                .Append(Labels(network["Labels"])).Append('\n');
        }

        var volumes = (await api.GetAsync("volumes"))["Volumes"] as JsonArray ?? [];
        foreach (var volume in volumes.OfType<JsonNode>().OrderBy(volume => (string?)volume["Name"], StringComparer.Ordinal))
        {
            text.Append("volume ").Append(volume["Name"]).Append(Labels(volume["Labels"])).Append('\n').Append(Files((string?)volume["Mountpoint"] ?? ""));
        }

        return text.ToString();
    }

    /// <summary>Ids and start times of all containers: differs when one was replaced or restarted.</summary>
    public static async Task<string> DescribeLivesAsync(EngineSocket api)
    {
        var containers = await EachAsync(api, "containers/json?all=true", "Id", id => $"containers/{id}/json");
        return string.Join('\n', containers.Select(container => $"{container["Name"]} {container["Id"]} {container["State"]?["StartedAt"]} {container["State"]?["Status"]}"));
    }

    private static async Task<IReadOnlyList<JsonNode>> EachAsync(EngineSocket api, string list, string key, Func<string, string> path)
    {
        var ids = (await api.GetAsync(list)).AsArray().Select(item => (string?)item?[key] ?? "");
        var found = await Task.WhenAll(ids.Select(id => api.GetAsync(path(id))));
        return [.. found.OrderBy(item => (string?)item["Name"], StringComparer.Ordinal)];
    }

    private static void DescribeContainer(JsonNode container, StringBuilder text)
    {
        var settings = container["Config"];
        var host = container["HostConfig"];
        text.Append("container ").Append(container["Name"]).Append(' ').Append(container["State"]?["Status"]).Append((string?)container["State"]?["Health"]?["Status"] == "unhealthy" ? " unhealthy" : "")
            .Append(Labels(settings?["Labels"])).Append('\n');
        Line(text, "image", settings?["Image"]);
        Line(text, "command", settings?["Cmd"]);
        Line(text, "entry point", settings?["Entrypoint"]);
        Line(text, "environment", settings?["Env"]);
        Line(text, "user", settings?["User"]);
        Line(text, "check", settings?["Healthcheck"]);
        Line(text, "ports", host?["PortBindings"]);
        Line(text, "restart", host?["RestartPolicy"]);
        Line(text, "memory", host?["Memory"]);
        Line(text, "read only", host?["ReadonlyRootfs"]);
        Line(text, "capabilities", host?["CapDrop"]);
        foreach (var mount in (container["Mounts"] as JsonArray ?? []).OfType<JsonNode>().OrderBy(mount => (string?)mount["Destination"], StringComparer.Ordinal))
        {
            text.Append("  mount ").Append(mount["Type"]).Append(' ').Append(mount["Name"]).Append(" at ").Append(mount["Destination"]).Append(" writable=").Append(mount["RW"]).Append('\n');
        }

        var shortId = ((string?)container["Id"] ?? "")[..12];
        foreach (var (name, network) in (container["NetworkSettings"]?["Networks"] as JsonObject ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var aliases = (network?["Aliases"] as JsonArray ?? []).Select(alias => (string?)alias ?? "").Where(alias => alias != shortId).Order(StringComparer.Ordinal);
            text.Append("  on ").Append(name).Append(" as ").AppendJoin(' ', aliases).Append('\n');
        }
    }

    private static void Line(StringBuilder text, string name, JsonNode? value)
    {
        if (value is not null)
        {
            text.Append("  ").Append(name).Append(' ').Append(value.ToJsonString()).Append('\n');
        }
    }

    private static string Labels(JsonNode? labels) => string.Concat((labels as JsonObject ?? [])
        .Where(label => !RunLabels.Contains(label.Key))
        .OrderBy(label => label.Key, StringComparer.Ordinal)
        .Select(label => $" {label.Key}={label.Value}"));

    private static string Files(string folder)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            text.Append("  file ").Append(Path.GetRelativePath(folder, file)).Append(' ').Append(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..16]).Append('\n');
        }

        return text.ToString();
    }
}
