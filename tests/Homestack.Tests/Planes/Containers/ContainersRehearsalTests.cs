using Homestack.Planes.Containers;

namespace Homestack.Tests.Planes.Containers;

public sealed class ContainersRehearsalTests
{
    [Fact]
    public void A_rehearsal_goes_through() => Assert.Matches("^[0-9]+ [0-9a-f]{64}$", ContainersRehearsal.Run());
}
