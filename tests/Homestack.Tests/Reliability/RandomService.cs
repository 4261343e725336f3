using System.Text.Json.Nodes;

namespace Homestack.Tests.Reliability;

/// <summary>A service of a <see cref="RandomHome"/>, and how it is written.</summary>
internal sealed record RandomService
{
    public required string Stack { get; init; }

    public required string Name { get; init; }

    public string Image { get; init; } = "web:1";

    /// <summary>Keys of networks; none: the stack's default.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Key of a volume at <c>/data</c>; empty for none.</summary>
    public string Volume { get; init; } = "";

    /// <summary>On loopback; 0 for none.</summary>
    public int Port { get; init; }

    public int Scale { get; init; } = 1;

    /// <summary>Service of the same stack that comes first; empty for none.</summary>
    public string After { get; init; } = "";

    public string Condition { get; init; } = "service_started";

    /// <summary>Lives in the network of the service it comes after.</summary>
    public bool IsInside { get; init; }

    /// <summary>Single settings, each as written: <c>mem_limit</c>, <c>restart</c> and so on.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public static RandomService Make(Random random, string stack, string name, IReadOnlyList<string> before, int port)
    {
        var after = before.Count > 0 && random.Next(3) == 0 ? before[random.Next(before.Count)] : "";
        var scale = random.Next(6) == 0 ? random.Next(0, 4) : 1;
        var isInside = after.Length > 0 && scale == 1 && random.Next(4) == 0;
        return new()
        {
            Stack = stack,
            Name = name,
            Image = Pick(random, "web:1", "web:2", "far:1", "db:1", "checked:1"),
            Networks = Pick<string[]>(random, [], ["default"], ["back"], ["default", "back"]),
            Volume = Pick(random, "", "", "data", name),
            Port = scale == 1 && !isInside && random.Next(3) == 0 ? port : 0,
            Scale = scale,
            After = after,
            Condition = Pick(random, "service_started", "service_healthy"),
            IsInside = isInside,
            Settings = AnySettings(random),
        };
    }

    /// <summary>Its mapping; <paramref name="shuffle"/> gives the order of keys.</summary>
    public JsonObject Write(Func<IEnumerable<KeyValuePair<string, JsonNode?>>, JsonObject> shuffle)
    {
        var keys = new Dictionary<string, JsonNode?> { ["image"] = Image };
        if (IsInside)
        {
            keys["network_mode"] = "service:" + After;
        }
        else if (Networks.Count > 0)
        {
            keys["networks"] = shuffle(Networks.Select(network => KeyValuePair.Create<string, JsonNode?>(network, new JsonObject { ["aliases"] = new JsonArray(Name + "-on-" + network) })));
        }

        if (After.Length > 0)
        {
            keys["depends_on"] = new JsonObject { [After] = new JsonObject { ["condition"] = Condition } };
        }

        if (Volume.Length > 0)
        {
            keys["volumes"] = new JsonArray($"{Volume}:/data");
        }

        if (Port > 0)
        {
            keys["ports"] = new JsonArray($"127.0.0.1:{Port}:80");
        }

        if (Scale != 1)
        {
            keys["scale"] = Scale;
        }

        foreach (var (key, value) in Settings)
        {
            keys[key] = key == "environment" ? shuffle([KeyValuePair.Create<string, JsonNode?>("A", value), KeyValuePair.Create<string, JsonNode?>("B", "same")])
                : key == "healthcheck" ? new JsonObject { ["test"] = new JsonArray("CMD", value), ["retries"] = 3 }
                : JsonNode.Parse(value);
        }

        return shuffle(keys);
    }

    private static Dictionary<string, string> AnySettings(Random random)
    {
        var all = new (string Key, string[] Values)[]
        {
            ("environment", ["x", "y"]), ("mem_limit", ["\"64m\"", "\"128m\""]), ("cpus", ["0.5", "1"]), ("pids_limit", ["50", "100"]), ("restart", ["\"always\"", "\"unless-stopped\""]),
            ("command", ["[\"run\", \"a\"]", "[\"run\", \"b c\"]"]), ("user", ["\"1000\""]), ("read_only", ["true"]), ("cap_drop", ["[\"ALL\"]"]), ("labels", ["{\"a\": \"1\"}", "{\"a\": \"2\"}"]),
            ("healthcheck", ["true", "test"]), ("stop_signal", ["\"SIGINT\""]), ("hostname", ["\"box\""]), ("tmpfs", ["[\"/run\"]"]), ("init", ["true"]),
        };
        return all.Where(_ => random.Next(5) == 0).ToDictionary(setting => setting.Key, setting => Pick(random, setting.Values));
    }

    private static T Pick<T>(Random random, params T[] all) => all[random.Next(all.Length)];
}
