namespace Homestack.Planes.Containers.EngineApi;

/// <summary>Adds up what a pull says about single layers into one measure for the whole image.</summary>
/// <remarks>Downloads are counted; a layer that is complete counts in full, one that was here already not at all.</remarks>
public sealed class PullMeter(string reference)
{
    /// <summary>More layers than any image has; beyond it the rest is not counted.</summary>
    private const int LayerLimit = 1024;

    private readonly Dictionary<string, (long Done, long Total)> layers = new(StringComparer.Ordinal);

    /// <summary>The new sum after one message; null when it says nothing new.</summary>
    public PullProgress? Take(StreamMessage message)
    {
        if (message.Id is not { Length: > 0 } id || message.Status is not { } status || (layers.Count >= LayerLimit && !layers.ContainsKey(id)))
        {
            return null;
        }

        var (done, total) = layers.GetValueOrDefault(id);
        switch (status)
        {
            case "Downloading":
                (done, total) = (message.ProgressDetail?.Current ?? done, Math.Max(total, message.ProgressDetail?.Total ?? total));
                break;
            case "Download complete" or "Pull complete":
                done = total;
                break;
            default:
                return null;
        }

        layers[id] = (done, total);
        return new($"pulling {reference}", layers.Values.Sum(layer => layer.Done), layers.Values.Sum(layer => layer.Total));
    }
}
