namespace Homestack.Cli.Installing;

/// <summary>The unit of <c>homestack-engine</c>.</summary>
internal static class EngineUnit
{
    public const string Name = "homestack-engine.service";

    /// <param name="program">Absolute path of <c>homestack-engine</c>.</param>
    /// <param name="stateFolder">Absolute.</param>
    /// <param name="dotnetRoot">Where the runtime is when it is not in a usual place; empty otherwise.</param>
    public static SystemdUnit Build(string program, string stateFolder, string dotnetRoot) => new(
    [
        new("Unit",
        [
            new("Description", "Homestack: keeps this home as its manifest says"),
            new("Documentation", "man:systemd.service(5)"),
            new("Wants", "docker.service network-online.target"),
            new("After", "docker.service network-online.target"),
        ]),
        new("Service",
        [
            new("Type", "exec"),
            new("ExecStart", SystemdUnit.CommandLine([program, "--state", stateFolder])),
            .. dotnetRoot.Length > 0 ? new UnitEntry[] { new("Environment", SystemdUnit.Assignment("DOTNET_ROOT", dotnetRoot)) } : [],
            new("Restart", "always"),
            new("RestartSec", "2s"),

            // The engine ends its running step first; containers are not its children and stay.
            new("KillSignal", "SIGTERM"),
            new("KillMode", "process"),
            new("TimeoutStopSec", "10min"),
            new("MemoryHigh", "256M"),
            new("ProtectClock", "yes"),
            new("ProtectKernelLogs", "yes"),
            new("RestrictRealtime", "yes"),
            new("LockPersonality", "yes"),
        ]),
        new("Install", [new("WantedBy", "multi-user.target")]),
    ]);
}
