using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;

namespace Homestack.EndToEnd.Drift;

/// <summary>One service of a home, for hands that meddle with its container.</summary>
/// <param name="Engine">Where it runs.</param>
/// <param name="Home">The home's name.</param>
/// <param name="Stack">Its stack.</param>
/// <param name="Service">Its name.</param>
internal sealed record DriftedService(DockerEngine Engine, string Home, string Stack, string Service)
{
    /// <summary>The engine's name of its first container.</summary>
    public string Container => $"{Home}-{Stack}-{Service}";

    /// <summary>The engine's name of a network of the stack.</summary>
    public string Network(string key) => $"{Home}-{Stack}-{key}";

    public Task PostAsync(string path, JsonNode? body = null) => Engine.Api.SendAsync(HttpMethod.Post, path, body);

    /// <summary>Posts about its container.</summary>
    public Task DoAsync(string call, JsonNode? body = null) => PostAsync($"containers/{Container}/{call}", body);

    public Task RemoveAsync(string container) => Engine.Api.SendAsync(HttpMethod.Delete, $"containers/{container}?force=true");

    public Task<JsonNode> InspectAsync() => Engine.Api.GetAsync($"containers/{Container}/json");

    public Task DisconnectAsync(string network) => PostAsync($"networks/{network}/disconnect", new JsonObject { ["Container"] = Container, ["Force"] = true });

    public Task ConnectAsync(string network, params string[] aliases) => PostAsync($"networks/{network}/connect", new JsonObject
    {
        ["Container"] = Container,
        ["EndpointConfig"] = new JsonObject { ["Aliases"] = new JsonArray([.. aliases.Select(alias => JsonValue.Create(alias))]) },
    });

    /// <summary>Makes its container again with the same labels and something else, as one does who knows how it was made.</summary>
    public async Task MakeAnewAsync(Action<JsonObject> change)
    {
        var body = await CopyAsync();
        change(body);
        await RemoveAsync(Container);
        await CreateAsync(Container, body);
        try
        {
            await DoAsync("start");
        }
        catch (Xunit.Sdk.XunitException)
        {
            // A machine may refuse the rights that were asked for: it was made all the same.
        }
    }

    /// <summary>Makes a second container with the same settings.</summary>
    public async Task CopyAsync(string name, Action<JsonObject> change)
    {
        var body = await CopyAsync();
        change(body);
        await CreateAsync(name, body);
        await PostAsync($"containers/{name}/start");
    }

    public Task CreateAsync(string name, JsonObject body) => PostAsync("containers/create?name=" + Uri.EscapeDataString(name), body);

    /// <summary>What it would have to be made from to be the same.</summary>
    private async Task<JsonObject> CopyAsync()
    {
        var there = await InspectAsync();
        var body = (there["Config"]?.DeepClone() as JsonObject) ?? [];
        var id = (string?)there["Id"] ?? "";
        if (id.StartsWith((string?)body["Hostname"] ?? "-", StringComparison.Ordinal))
        {
            body.Remove("Hostname");
        }

        body["HostConfig"] = there["HostConfig"]?.DeepClone();
        var first = (string?)there["HostConfig"]?["NetworkMode"] ?? "";
        if (there["NetworkSettings"]?["Networks"]?[first] is { } endpoint)
        {
            var aliases = (endpoint["Aliases"] as JsonArray ?? []).Select(alias => (string?)alias ?? "").Where(alias => !id.StartsWith(alias, StringComparison.Ordinal));
            body["NetworkingConfig"] = new JsonObject { ["EndpointsConfig"] = new JsonObject { [first] = new JsonObject { ["Aliases"] = new JsonArray([.. aliases.Select(alias => JsonValue.Create(alias))]) } } };
        }

        return body;
    }
}
