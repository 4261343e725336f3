using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Tests.Planes.Containers.EngineApi;

public sealed class PullMeterTests
{
    private readonly PullMeter meter = new("nginx:1");

    [Fact]
    public void Layers_are_added_up_and_a_complete_one_counts_in_full()
    {
        Assert.Equal((10, 100), Take("Downloading", "a", 10, 100));
        Assert.Equal((15, 150), Take("Downloading", "b", 5, 50));
        Assert.Equal((105, 150), Take("Download complete", "a"));
        Assert.Equal((150, 150), Take("Pull complete", "b"));
    }

    [Fact]
    public void What_was_here_already_and_what_says_nothing_new_does_not_count()
    {
        Assert.Null(Take("Already exists", "a"));
        Assert.Null(Take("Extracting", "a", 5, 10));
        Assert.Null(Take("Downloading", "", 5, 10));
        Assert.Equal((0, 0), Take("Pull complete", "c"));
    }

    [Fact]
    public void A_total_never_shrinks()
    {
        Take("Downloading", "a", 10, 100);
        Assert.Equal((20, 100), Take("Downloading", "a", 20, null));
        Assert.Equal((30, 100), Take("Downloading", "a", 30, 7));
    }

    private (long Done, long Total)? Take(string status, string layer, long? current = null, long? total = null) =>
        meter.Take(new() { Status = status, Id = layer, ProgressDetail = new() { Current = current, Total = total } }) is { } sum ? (sum.Done, sum.Total) : null;
}
