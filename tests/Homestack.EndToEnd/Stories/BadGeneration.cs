namespace Homestack.EndToEnd.Stories;

/// <summary>A way to write a service that validates and cannot come up.</summary>
/// <param name="Name">For people.</param>
/// <param name="Image">What the service becomes.</param>
/// <param name="Lines">Its lines in the Compose file.</param>
internal sealed record BadGeneration(string Name, string Image, IReadOnlyList<string> Lines)
{
    private const string Serve = """command: [httpd, -f, -p, "80", -h, /www]""";
    private const string Well = "healthcheck: { test: [CMD, \"true\"], interval: 200ms, timeout: 1s, retries: 2 }";

    /// <summary>Every kind there is.</summary>
    /// <param name="foreignPort">Published by a container that is not ours.</param>
    /// <param name="takenPort">Listened on by a program of the machine.</param>
    public static IReadOnlyList<BadGeneration> All(int foreignPort, int takenPort) =>
    [
        new("an image that no registry has", "127.0.0.1:9/none:1", [Serve]),
        new("a port of a foreign container", "test/web:2", [Serve, $"""ports: ["127.0.0.1:{foreignPort}:80"]"""]),
        new("a port that a program listens on", "test/web:2", [Serve, $"""ports: ["127.0.0.1:{takenPort}:80"]"""]),
        new("a check that always fails", "test/web:2", [Serve, "healthcheck: { test: [CMD, \"false\"], interval: 200ms, timeout: 1s, retries: 3 }"]),
        new("a check that is not there", "test/web:2", [Serve, "healthcheck: { test: [CMD, /no/such/check], interval: 200ms, timeout: 1s, retries: 3 }"]),
        new("a check that hangs", "test/web:2", [Serve, "healthcheck: { test: [CMD, sleep, \"60\"], interval: 200ms, timeout: 300ms, retries: 3 }"]),
        new("ends at once and badly", "test/web:2", ["command: [\"false\"]"]),
        new("ends again and again", "test/web:2", ["command: [\"false\"]", "restart: always"]),
        new("ends badly after a moment", "test/web:2", ["command: [sh, -c, \"sleep 0.5; exit 3\"]"]),
        new("ends well, and should run for ever", "test/web:2", ["command: [\"true\"]", "restart: always"]),
        new("a command that is not there", "test/web:2", ["command: [/no/such/program]"]),
        new("a command that is no program", "test/web:2", ["command: [/www/index.html]"]),
        new("a bind path that is not there", "test/web:2", [Serve, "volumes: [{ type: bind, source: /no/such/folder, target: /x, bind: { create_host_path: false } }]"]),
        new("a user that is not there", "test/web:2", [Serve, "user: nobody-of-that-name", Well]),
        new("a device that is not there", "test/web:2", [Serve, "devices: [/dev/no-such-device]"]),
        new("a working folder that is a file", "test/web:2", [Serve, "working_dir: /bin/busybox"]),
        new("less memory than an engine allows", "test/web:2", [Serve, "mem_limit: 1m"]),
        new("a logging driver that is not there", "test/web:2", [Serve, "logging: { driver: no-such-driver }"]),
        new("a kernel setting that is not there", "test/web:2", [Serve, "sysctls: { net.no_such_setting: 1 }"]),
        new("a mount over a file", "test/web:2", [Serve, "volumes: [{ type: bind, source: /etc, target: /bin/busybox }]"]),
    ];

    public override string ToString() => Name;
}
