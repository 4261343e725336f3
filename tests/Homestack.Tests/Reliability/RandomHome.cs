using System.Text.Json.Nodes;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Tests.Manifests;

namespace Homestack.Tests.Reliability;

/// <summary>A home drawn by lot, written as people write it. It always loads.</summary>
/// <param name="Services">In the order of what they need.</param>
/// <param name="IsBackInternal">A setting of a network, so that networks change too.</param>
internal sealed record RandomHome(IReadOnlyList<RandomService> Services, bool IsBackInternal)
{
    private static readonly string[] Stacks = ["s", "t"];

    public static RandomHome Make(Random random)
    {
        var services = new List<RandomService>();
        foreach (var stack in Stacks)
        {
            var names = new[] { "a", "b", "c", "d" }.Take(random.Next(0, 5)).ToArray();
            for (var index = 0; index < names.Length; index++)
            {
                services.Add(RandomService.Make(random, stack, names[index], names[..index], 8000 + services.Count));
            }
        }

        return new RandomHome(services, random.Next(2) == 0).Sound();
    }

    /// <summary>The same with one thing changed or taken away.</summary>
    public RandomHome Edited(Random random)
    {
        var index = Services.Count == 0 ? -1 : random.Next(Services.Count);
        RandomHome With(Func<RandomService, RandomService> edit) => this with { Services = [.. Services.Select((service, place) => place == index ? edit(service) : service)] };
        var edited = random.Next(12) switch
        {
            0 or 1 => this with { Services = [.. Services.Where((_, place) => place != index)] },
            2 => With(service => service with { Volume = "" }),
            3 => With(service => service with { Volume = "other" }),
            4 => With(service => service with { Name = service.Name + "x" }),
            5 => With(service => service with { Scale = service.Port > 0 || service.IsInside ? 1 : random.Next(0, 4) }),
            6 => this with { Services = [.. Services.Where(service => service.Stack != "t")] },
            7 => this with { Services = [] },
            8 => this with { IsBackInternal = !IsBackInternal },
            9 => With(service => service with { Networks = ["back"] }),
            10 => With(service => RandomService.Make(random, service.Stack, service.Name, [], service.Port)),
            _ => Make(random),
        };
        return edited.Sound();
    }

    /// <summary>Its files, with the keys of every mapping in an order by lot.</summary>
    public (string Path, string Text)[] Files(Random order)
    {
        JsonObject Shuffle(IEnumerable<KeyValuePair<string, JsonNode?>> entries)
        {
            var all = entries.ToArray();
            order.Shuffle(all);
            return new JsonObject(all);
        }

        var stacks = Stacks.Where(stack => Services.Any(service => service.Stack == stack)).ToArray();
        order.Shuffle(stacks);
        JsonObject Stack(string stack)
        {
            var own = Services.Where(service => service.Stack == stack).ToArray();
            return Shuffle(
            [
                KeyValuePair.Create<string, JsonNode?>("services", Shuffle(own.Select(service => KeyValuePair.Create<string, JsonNode?>(service.Name, service.Write(Shuffle))))),
                KeyValuePair.Create<string, JsonNode?>("networks", Shuffle([KeyValuePair.Create<string, JsonNode?>("default", null), KeyValuePair.Create<string, JsonNode?>("back", new JsonObject { ["internal"] = IsBackInternal })])),
                KeyValuePair.Create<string, JsonNode?>("volumes", Shuffle(own.Select(service => service.Volume).Where(volume => volume.Length > 0).Distinct().Select(volume => KeyValuePair.Create<string, JsonNode?>(volume, null)))),
            ]);
        }

        var home = new JsonObject { ["homestack"] = 1, ["home"] = "h", ["stacks"] = new JsonArray([.. stacks.Select(stack => JsonValue.Create(stack + ".yaml"))]) };
        return [("homestack.yaml", home.ToJsonString()), .. stacks.Select(stack => (stack + ".yaml", Stack(stack).ToJsonString()))];
    }

    /// <summary>Loaded and built.</summary>
    public Blueprint Build(Random order)
    {
        var files = Files(order);
        var (blueprint, diagnostics) = HomeUnderTest.Build(files);
        Assert.True(blueprint is not null, string.Join('\n', diagnostics) + "\n" + string.Join('\n', files.Select(file => file.Text)));

        // Where a service is written differs with the order of its keys, and means nothing.
        return HomeUnderTest.WithoutPlaces(blueprint) with { Hosts = new[] { Host.Local }.ToValueMap(name => name, _ => new Host { Engine = "unix:///model" }) };
    }

    /// <summary>Without what would be an error: needing a service that is gone, or has no container to be in.</summary>
    private RandomHome Sound() => this with
    {
        Services =
        [
            .. Services.Select(service => Services.Any(other => other.Stack == service.Stack && other.Name == service.After && other.Scale == 1) ? service : service with { After = "", IsInside = false }),
        ],
    };
}
