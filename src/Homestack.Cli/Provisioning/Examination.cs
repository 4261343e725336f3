using Homestack.Cli.Commands;
using Homestack.Cli.Views;
using Homestack.Collections;
using Homestack.Homes;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Cli.Provisioning;

/// <summary>Looks at everything that a home needs of this machine. Changes nothing.</summary>
internal sealed class Examination(Call call, DockerSite docker)
{
    private const long LittleSpace = 1L << 30;

    public async Task<DoctorReport> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new[] { await DockerAsync(cancellationToken).ConfigureAwait(false), Firewall(), State(), Space(), Watch() }.Concat(Issuer()).ToValueList();
        return new(findings.All(finding => finding.State != FindingState.Unwell), findings);
    }

    private async Task<Finding> DockerAsync(CancellationToken cancellationToken)
    {
        const string subject = "container engine";
        var provision = new DockerProvision(call, docker);
        var situation = provision.Look();
        if (situation != DockerSituation.Answers)
        {
            var (words, next) = provision.Explain(situation);
            return new(subject, FindingState.Unwell, words, next);
        }

        try
        {
            using var engine = new EngineReadClient(new EngineTransport("unix://" + docker.Socket));
            var version = await engine.PingAsync(cancellationToken).ConfigureAwait(false);
            return new(subject, FindingState.Well, $"Docker {version.Version}, API {version.ApiVersion}");
        }
        catch (MachineException failure)
        {
            return new(subject, FindingState.Unwell, failure.Words, failure.Next);
        }
    }

    private Finding Firewall() => new[] { "/usr/sbin/iptables", "/sbin/iptables", "/usr/bin/iptables" }.Any(docker.Exists)
        ? new("packet filter", FindingState.Well, "iptables is there, which Docker needs for its networks")
        : new("packet filter", FindingState.Unwell, "iptables is missing; Docker cannot make networks without it.", "sudo apt-get install iptables");

    /// <summary>Only of homes that want public certificates.</summary>
    private IEnumerable<Finding> Issuer()
    {
        var lego = new LegoProvision(call, new() { Exists = docker.Exists });
        return !LegoProvision.IsWanted(call.StateFolder) ? []
            : lego.IsThere() ? [new("certificates", FindingState.Well, "lego is there, which asks public issuers")]
            : [new("certificates", FindingState.Unwell, LegoProvision.Missing, "sudo apt-get install lego")];
    }

    private Finding State()
    {
        const string subject = "state folder";
        var disk = new RealDisk();
        var folder = call.StateFolder;
        if (disk.Look(folder) == DiskEntry.Nothing)
        {
            return new(subject, FindingState.Note, $"{folder} is not there yet; the first apply makes it");
        }

        try
        {
            disk.List(folder);
            return new(subject, FindingState.Well, folder);
        }
        catch (MachineException failure)
        {
            return new(subject, FindingState.Unwell, failure.Words, call.Io.IsRoot ? "" : "run this as the user that applied the home, or with sudo");
        }
    }

    private Finding Space()
    {
        const string subject = "disk";
        var nearest = call.StateFolder;
        while (nearest.Length > 1 && !Path.Exists(nearest))
        {
            nearest = Path.GetDirectoryName(nearest) ?? "/";
        }

        var free = new DriveInfo(nearest).AvailableFreeSpace;
        return free >= LittleSpace
            ? new(subject, FindingState.Well, $"{new ByteSize(free)} free at {nearest}")
            : new(subject, FindingState.Unwell, $"Only {new ByteSize(free)} are free at {nearest}; images and the journal need room.", "docker image prune");
    }

    private Finding Watch() => SocketProbe.Ask(EngineAddress.SocketOf(call.StateFolder)) switch
    {
        SocketAnswer.Listening => new("engine", FindingState.Well, "homestack-engine watches this home"),
        SocketAnswer.Denied => new("engine", FindingState.Note, "homestack-engine runs as another user; it is asked through sudo only"),
        _ => new("engine", FindingState.Note, "homestack-engine does not run: nobody sees when something changes", "homestack up -d"),
    };
}
