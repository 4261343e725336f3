using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Tests.Planes.Containers;

/// <summary>How the programs of an image behave once started.</summary>
internal enum ModelBehaviour
{
    /// <summary>It runs, and its health check passes.</summary>
    Runs,

    /// <summary>It runs, and its health check fails.</summary>
    Sick,

    /// <summary>It ends at once with 0.</summary>
    Completes,

    /// <summary>It ends at once with 1.</summary>
    Fails,
}

/// <summary>An image of the model engine.</summary>
internal sealed record ModelImage(string Id, ContainerBody Config, ModelBehaviour Behaviour, string RepositoryDigest = "", long Size = 1000);

/// <summary>A container of the model engine.</summary>
internal sealed class ModelContainer
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public required ContainerBody Config { get; init; }

    public required HostConfig HostConfig { get; set; }

    public required ModelImage Image { get; init; }

    public required List<MountPoint> Mounts { get; init; }

    /// <summary>By network id.</summary>
    public Dictionary<string, EndpointSettings> Networks { get; } = [];

    public string Status { get; set; } = "created";

    public int ExitCode { get; set; }

    public string Health { get; set; } = "";

    public int Starts { get; set; }

    public bool IsActive => Status is "running" or "paused" or "restarting";

    public bool Carries(string label)
    {
        var equals = label.IndexOf('=', StringComparison.Ordinal);
        return label.Length == 0 || (equals < 0 ? Config.Labels?.ContainsKey(label) == true
            : Config.Labels?.TryGetValue(label[..equals], out var value) == true && value == label[(equals + 1)..]);
    }
}

/// <summary>A network of the model engine.</summary>
internal sealed record ModelNetwork(string Id, NetworkBody Body)
{
    public bool Carries(string label)
    {
        var equals = label.IndexOf('=', StringComparison.Ordinal);
        return label.Length == 0 || (equals < 0 ? Body.Labels?.ContainsKey(label) == true
            : Body.Labels?.TryGetValue(label[..equals], out var value) == true && value == label[(equals + 1)..]);
    }
}

/// <summary>Finds labels on volumes.</summary>
internal static class ModelLabels
{
    public static bool Carries(this VolumeInspection volume, string label)
    {
        var equals = label.IndexOf('=', StringComparison.Ordinal);
        return label.Length == 0 || (equals < 0 ? volume.Labels?.ContainsKey(label) == true
            : volume.Labels?.TryGetValue(label[..equals], out var value) == true && value == label[(equals + 1)..]);
    }

    public static ValueMap<string> Merge(ValueMap<string>? under, ValueMap<string>? over)
    {
        var merged = (under ?? ValueMap<string>.Empty).ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach (var (key, value) in over ?? ValueMap<string>.Empty)
        {
            merged[key] = value;
        }

        return merged.ToValueMap();
    }
}
