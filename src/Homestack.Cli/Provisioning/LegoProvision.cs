using Homestack.Blueprints;
using Homestack.Cli.Commands;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes.Certificates;

namespace Homestack.Cli.Provisioning;

/// <summary>Gets this machine lego, the program that asks public issuers for certificates. A home comes up without it too, with its own certificate.</summary>
internal sealed class LegoProvision(Call call, LegoSite site)
{
    public const string Missing = "lego, which asks public issuers for certificates, is not installed; the home's own certificate is shown.";

    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(15);

    /// <summary>The home that was applied last wants public certificates. False too when this user may not know.</summary>
    public static bool IsWanted(string stateFolder)
    {
        try
        {
            return new PublicStore(new RealDisk(), Path.Combine(stateFolder, "certificates", "acme")).Asked().Count > 0;
        }
        catch (MachineException)
        {
            return false;
        }
    }

    public bool IsThere() => site.Programs.Any(site.Exists);

    /// <summary>Installs it when the home wants public certificates and it is missing. What it does is said, and asked first; a no is no reason to stop.</summary>
    public async Task EnsureForAsync(Blueprint blueprint, CancellationToken cancellationToken)
    {
        if (blueprint.Certificates is null || IsThere())
        {
            return;
        }

        call.Say(Missing);
        if (!call.Io.IsRoot)
        {
            call.Say("  sudo apt-get install lego");
        }
        else if (await call.AgreesAsync("Install it now, from Debian?", cancellationToken).ConfigureAwait(false))
        {
            await InstallAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        call.Say("  + installing lego");
        var quietly = new[] { new KeyValuePair<string, string>("DEBIAN_FRONTEND", "noninteractive") }.ToValueMap();
        foreach (var line in new CommandLine[] { new("apt-get", ["update", "-qq"]), new("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "lego"]) })
        {
            var timed = line with { Environment = quietly, Timeout = InstallLimit };
            try
            {
                (await site.Runner.RunAsync(timed, cancellationToken).ConfigureAwait(false)).OrThrow(timed);
            }
            catch (MachineException failure)
            {
                call.Say($"  ! {failure.Words} The home comes up with its own certificate.");
                return;
            }
        }
    }
}

/// <summary>Where lego is on this machine, and how programs are run there.</summary>
internal sealed record LegoSite
{
    public ValueList<string> Programs { get; init; } = ["/usr/bin/lego", "/usr/local/bin/lego", "/usr/sbin/lego", "/usr/local/sbin/lego"];

    public Func<string, bool> Exists { get; init; } = static _ => false;

    public CommandRunner Runner { get; init; } = new();

    public static LegoSite Here()
    {
        var disk = new RealDisk();
        return new() { Exists = path => disk.Look(path) == DiskEntry.File };
    }
}
