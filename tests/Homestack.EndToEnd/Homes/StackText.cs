using System.Text;

namespace Homestack.EndToEnd.Homes;

/// <summary>Compose text for services made of busybox: they start at once and end at once.</summary>
internal sealed class StackText
{
    private readonly StringBuilder services = new("services:\n");
    private readonly SortedSet<string> volumes = new(StringComparer.Ordinal);

    /// <summary>A web page with a health check that passes when the page is served.</summary>
    /// <param name="name">Of the service.</param>
    /// <param name="image">One that an engine imported.</param>
    /// <param name="port">On loopback; 0: none, so that a new one can run beside the old.</param>
    /// <param name="more">Further lines, without their indentation.</param>
    public StackText Web(string name, string image, int port = 0, params IEnumerable<string> more) => Service(name, image,
    [
        """command: [httpd, -f, -p, "80", -h, /www]""",
        "healthcheck: { test: [CMD, wget, -q, -O, /dev/null, \"http://127.0.0.1/\"], interval: 300ms, timeout: 5s, retries: 5 }",
        .. port == 0 ? [] : new[] { $"""ports: ["127.0.0.1:{port}:80"]""" },
        .. more,
    ]);

    /// <summary>Something that only runs. Its check passes soon, so that nobody waits for it to settle.</summary>
    public StackText Worker(string name, string image, params IEnumerable<string> more) => Service(name, image,
    [
        "command: [sleep, \"100000\"]",
        "healthcheck: { test: [CMD, \"true\"], interval: 500ms, timeout: 5s, retries: 3 }",
        .. more,
    ]);

    /// <summary>The same with a volume at /data.</summary>
    public StackText Store(string name, string image, string volume, params IEnumerable<string> more)
    {
        volumes.Add(volume);
        return Worker(name, image, [$"volumes: [{volume}:/data]", .. more]);
    }

    /// <summary>Any service: its lines as they are.</summary>
    public StackText Service(string name, string image, IEnumerable<string> lines)
    {
        services.Append("  ").Append(name).Append(":\n    image: ").Append(image).Append("\n    stop_grace_period: 0s\n");
        foreach (var line in lines)
        {
            services.Append("    ").Append(line).Append('\n');
        }

        return this;
    }

    public override string ToString() =>
        services + (volumes.Count == 0 ? "" : "volumes:\n" + string.Concat(volumes.Select(volume => $"  {volume}: {{}}\n")));
}
