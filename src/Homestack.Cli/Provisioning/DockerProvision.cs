using Homestack.Blueprints;
using Homestack.Cli.Commands;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Cli.Provisioning;

/// <summary>Gets this machine a container engine that answers: installs Debian's when there is none, starts it when it does not run.</summary>
/// <remarks>Only for the usual socket. Who named another one (<c>hosts:</c>) keeps it running by other means.</remarks>
internal sealed class DockerProvision(Call call, DockerSite site)
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(15), StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>For every container engine of this machine that the home uses: makes it answer, or says why it cannot.</summary>
    public static async Task<bool> EnsureForAsync(Call call, Blueprint blueprint, CancellationToken cancellationToken)
    {
        foreach (var site in Sites(blueprint))
        {
            if (!await new DockerProvision(call, site).EnsureAsync(cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What keeps this user from planning against the real world; null when nothing does.</summary>
    public static (string Words, string Next)? Missing(Call call, Blueprint blueprint)
    {
        foreach (var site in Sites(blueprint))
        {
            var provision = new DockerProvision(call, site);
            if (provision.Look() is not DockerSituation.Answers and var situation)
            {
                return provision.Explain(situation);
            }
        }

        return null;
    }

    public DockerSituation Look() => SocketProbe.Ask(site.Socket) switch
    {
        SocketAnswer.Listening => DockerSituation.Answers,
        SocketAnswer.Denied => DockerSituation.Denied,
        _ => site.Programs.Any(site.Exists) ? DockerSituation.Stopped : DockerSituation.Absent,
    };

    /// <summary>What is missing and which command mends it; both empty when nothing is.</summary>
    public (string Words, string Next) Explain(DockerSituation situation) => situation switch
    {
        DockerSituation.Stopped or DockerSituation.Absent when !site.IsUsual => ($"No container engine answers on {site.Socket}.", "Start it, or correct its address under hosts: in homestack.yaml."),
        DockerSituation.Denied => ($"Docker Engine listens on {site.Socket}, and this user may not use it.", "sudo usermod -aG docker \"$USER\", then sign in again; or run this with sudo"),
        DockerSituation.Stopped => ("Docker Engine is installed and does not run.", call.Io.IsRoot ? "homestack up starts it" : site.HasSystemd ? "sudo systemctl start docker" : "sudo dockerd, or run this with sudo"),
        DockerSituation.Absent => ("Docker Engine, which runs the containers, is not installed.", call.Io.IsRoot ? "homestack up installs it, after a question" : "sudo apt-get install docker.io iptables, or run this with sudo"),
        _ => ("", ""),
    };

    private static IEnumerable<DockerSite> Sites(Blueprint blueprint) =>
        blueprint.Services.Values.Select(service => service.Host).Distinct(StringComparer.Ordinal)
            .Select(host => blueprint.Hosts.TryGetValue(host, out var known) ? DockerSite.Of(known.Engine) : null).OfType<DockerSite>();

    /// <summary>True when the engine answers in the end. Everything that it does to the machine is said, and asked first.</summary>
    public async Task<bool> EnsureAsync(CancellationToken cancellationToken)
    {
        var situation = Look();
        if (situation == DockerSituation.Answers)
        {
            return true;
        }

        if (situation == DockerSituation.Denied || !call.Io.IsRoot || !site.IsUsual)
        {
            var (words, next) = Explain(situation);
            call.Refuse(words, next);
            return false;
        }

        if (situation == DockerSituation.Absent && !await InstallAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        return Look() == DockerSituation.Answers || await StartAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> InstallAsync(CancellationToken cancellationToken)
    {
        call.Say("Containers need Docker Engine, and this machine has none. Debian's own packages: docker.io and iptables (about 300 MB on disk).");
        if (!await call.AgreesAsync("Install them now?", cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        call.Say("  + installing docker.io, iptables");
        var quietly = new[] { new KeyValuePair<string, string>("DEBIAN_FRONTEND", "noninteractive") }.ToValueMap();
        foreach (var line in new CommandLine[] { new("apt-get", ["update", "-qq"]), new("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "docker.io", "iptables"]) })
        {
            var timed = line with { Environment = quietly, Timeout = InstallLimit };
            (await site.Runner.RunAsync(timed, cancellationToken).ConfigureAwait(false)).OrThrow(timed);
        }

        return true;
    }

    private async Task<bool> StartAsync(CancellationToken cancellationToken)
    {
        call.Say("  + starting Docker Engine, which does not run");
        DetachedProgram? started = null;
        if (site.HasSystemd)
        {
            var line = new CommandLine("systemctl", ["enable", "--now", "docker.service"]) { Timeout = StartLimit };
            (await site.Runner.RunAsync(line, cancellationToken).ConfigureAwait(false)).OrThrow(line);
        }
        else
        {
            started = DetachedProgram.Start(new CommandLine("dockerd", []), site.Log);
        }

        var began = call.Io.Clock.GetTimestamp();
        while (SocketProbe.Ask(site.Socket) != SocketAnswer.Listening)
        {
            if (started is { } child && child.HasEnded())
            {
                call.Refuse("Docker Engine ended as soon as it was started.", $"The reason is at the end of {site.Log}");
                return false;
            }

            if (call.Io.Clock.GetElapsedTime(began) > StartLimit)
            {
                call.Refuse($"Docker Engine was started and does not answer on {site.Socket} after {StartLimit.TotalSeconds:0} s.", $"See {site.Log}");
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), call.Io.Clock, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }
}
