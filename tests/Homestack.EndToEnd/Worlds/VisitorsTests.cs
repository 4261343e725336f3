using Homestack.EndToEnd.Engines;

namespace Homestack.EndToEnd.Worlds;

/// <summary>The judges can say no: a check that cannot fail proves nothing.</summary>
public sealed class VisitorsTests
{
    [Fact]
    public async Task Visitors_notice_a_page_that_nobody_serves()
    {
        using var slot = EngineSlot.Take();
        await using var visitors = Visitors.At(Visitors.Page(20099 + (slot.Number * 100)));
        await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        Assert.NotEmpty(await visitors.EndAsync());
    }
}
