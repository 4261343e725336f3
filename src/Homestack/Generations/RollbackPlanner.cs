using Homestack.Blueprints;
using Homestack.Collections;

namespace Homestack.Generations;

/// <summary>What going back means: an older generation's blueprint, with every image exactly the one of then.</summary>
public static class RollbackPlanner
{
    /// <remarks>A service whose image was not recorded (its generation failed before it ran) keeps its name alone.</remarks>
    public static Blueprint BlueprintOf(Generation generation) => generation.Blueprint with
    {
        Services = generation.Blueprint.Services.ToValueMap(pair => pair.Key, pair => Pinned(pair.Value, pair.Key, generation)),
    };

    private static Service Pinned(Service service, string key, Generation generation) =>
        generation.Images.TryGetValue(key, out var pin) ? service with { Image = service.Image with { Pin = pin } } : service;
}
