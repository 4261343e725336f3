using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Cli.Provisioning;

/// <summary>Where Docker Engine is on this machine and how it is started there.</summary>
internal sealed record DockerSite
{
    public const string UsualSocket = "/var/run/docker.sock";

    public string Socket { get; init; } = UsualSocket;

    public bool IsUsual => Socket is UsualSocket or "/run/docker.sock";

    /// <summary>Where the daemon may be installed.</summary>
    public ValueList<string> Programs { get; init; } = ["/usr/sbin/dockerd", "/usr/bin/dockerd", "/usr/local/bin/dockerd"];

    /// <summary>Where its words go when we start it ourselves.</summary>
    public string Log { get; init; } = "/var/log/homestack-dockerd.log";

    public bool HasSystemd { get; init; }

    public Func<string, bool> Exists { get; init; } = static _ => false;

    public CommandRunner Runner { get; init; } = new();

    /// <summary>This machine, for the engine that <paramref name="endpoint"/> names; null when that is not a unix socket.</summary>
    public static DockerSite? Of(string endpoint)
    {
        const string scheme = "unix://";
        var disk = new RealDisk();
        return !endpoint.StartsWith(scheme, StringComparison.Ordinal) ? null : new()
        {
            Socket = endpoint[scheme.Length..],
            HasSystemd = disk.Look("/run/systemd/system") == DiskEntry.Folder,
            Exists = path => disk.Look(path) == DiskEntry.File,
        };
    }
}
