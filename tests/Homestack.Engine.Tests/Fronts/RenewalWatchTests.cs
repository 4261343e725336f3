using Homestack.Engine.Fronts;
using Homestack.Machine;
using Homestack.Planes.Certificates;

namespace Homestack.Engine.Tests.Fronts;

/// <summary>Certificates are looked at when the engine starts and every hour, and a failure is no reason to stop looking.</summary>
public sealed class RenewalWatchTests
{
    [Fact]
    public async Task It_looks_at_once_says_what_was_done_and_goes_on_after_a_failure()
    {
        var said = new List<string>();
        var looks = 0;
        using var stop = new CancellationTokenSource();
        Task<RenewalOutcome> RenewAsync(CancellationToken cancellationToken)
        {
            switch (++looks)
            {
                case 1:
                    return Task.FromResult(new RenewalOutcome(["make a certificate for home.arpa"], IsNew: false, TimeSpan.FromHours(1)));
                case 2:
                    throw new MachineException("write home.pem", "No space left.");
                default:
                    stop.Cancel();
                    return Task.FromResult(new RenewalOutcome([], IsNew: false, TimeSpan.FromHours(1)));
            }
        }

        await new RenewalWatch(RenewAsync, new SwiftTime(), said.Add).RunAsync(stop.Token);

        Assert.Equal(3, looks);
        Assert.Equal(["certificates: make a certificate for home.arpa", "certificates: write home.pem: No space left. "], said);
    }

    [Fact]
    public async Task It_looks_at_once_when_something_was_carried_out()
    {
        var looks = 0;
        using var stop = new CancellationTokenSource();
        RenewalWatch? watch = null;
        Task<RenewalOutcome> RenewAsync(CancellationToken cancellationToken)
        {
            looks++;
            if (looks == 1)
            {
                watch?.Wake();
            }
            else
            {
                stop.Cancel();
            }

            return Task.FromResult(new RenewalOutcome([], IsNew: false, TimeSpan.FromDays(20)));
        }

        watch = new(RenewAsync, TimeProvider.System, _ => { });
        await watch.RunAsync(stop.Token);

        Assert.Equal(2, looks);
    }

    /// <summary>An hour takes a moment.</summary>
    private sealed class SwiftTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime / 1_000_000, period / 1_000_000);
    }
}
