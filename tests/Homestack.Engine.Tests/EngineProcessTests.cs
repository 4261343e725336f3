using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Engine.Tests;

/// <summary>A state folder has one engine at a time.</summary>
public sealed class EngineProcessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("homestack-engine-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_second_engine_is_refused_and_a_later_one_takes_over_what_the_first_left()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var first = Engine().RunAsync(stop.Token);
        await Listens();
        Assert.Equal(1, await Engine().RunAsync(stop.Token));
        Assert.Equal(SocketAnswer.Listening, SocketProbe.Ask(EngineAddress.SocketOf(folder)));
        await stop.CancelAsync();
        Assert.Equal(0, await first);
        Assert.False(File.Exists(EngineAddress.SocketOf(folder)));

        using var later = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var second = Engine().RunAsync(later.Token);
        await Listens();
        await later.CancelAsync();
        Assert.Equal(0, await second);
    }

    [Theory]
    [InlineData("--folder", "/x")]
    [InlineData("--state")]
    [InlineData("--state", "/x", "--state", "/y")]
    public void Words_that_make_no_sense_are_refused(params string[] words) => Assert.Null(EngineArguments.Parse(words));

    private EngineProcess Engine() => new(new(folder, ""), TimeProvider.System);

    private async Task Listens()
    {
        while (SocketProbe.Ask(EngineAddress.SocketOf(folder)) != SocketAnswer.Listening)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
