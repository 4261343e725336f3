using System.Globalization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Homes;

/// <summary>From what is wanted and the containers that are there to how each service is. Pure.</summary>
public static class StatusBuilder
{
    private const string InstanceOf = "service:";
    private const int LongestComplaint = 80;

    /// <summary>Every service of the home, sorted by name.</summary>
    /// <param name="blueprint">What is wanted.</param>
    /// <param name="containers">By host: the home's containers there. A host that did not answer is not in it.</param>
    /// <param name="ingress">What the front was given.</param>
    public static ValueList<ServiceStatus> Build(Blueprint blueprint, IReadOnlyDictionary<string, IReadOnlyList<ContainerInspection>> containers, IngressSnapshot ingress) =>
        blueprint.Services.Where(service => containers.ContainsKey(service.Value.Host))
            .Select(service => Build(service.Key, service.Value, [.. containers[service.Value.Host].Where(container => IsOf(service.Key, container))]))
            .Select(status => status with { Addresses = [.. ingress.UrlsOf(status.Name), .. (ingress.Raw ?? []).Where(raw => raw.Service == status.Name).Select(raw => raw.Where), .. status.Addresses] })
            .ToValueList();

    private static bool IsOf(string name, ContainerInspection container) =>
        container.Config.Labels is { } labels && labels.TryGetValue("homestack.resource", out var label) && label == InstanceOf + name;

    private static ServiceStatus Build(string name, Service service, ContainerInspection[] containers)
    {
        // During a replacement the old one is kept, stopped, until the new one is well: what runs comes first, and only as many as are wanted count.
        var counted = containers.OrderBy(container => container.State.Status == "running" ? 0 : 1).ThenByDescending(container => container.Created, StringComparer.Ordinal)
            .Take(Math.Max(service.Instances, 1)).ToArray();
        var states = counted.Select(container => State(service, container)).OrderByDescending(state => state.Health).ToArray();
        var running = counted.Count(container => container.State.Status == "running");
        var worst = service.Instances == 0 ? new Seen(ServiceHealth.Resting, "none wanted", null, "")
            : states.Length < service.Instances ? new Seen(ServiceHealth.Missing, states.Length == 0 ? "missing" : "too few", null, "")
            : states[0];
        return new()
        {
            Name = name,
            Host = service.Host,
            Wanted = service.Instances,
            Running = running,
            Health = worst.Health,
            Words = worst.Words,
            Since = worst.Since,
            Complaint = worst.Complaint,
            Addresses = Addresses(service, counted),
            Zones = service.Exposure.Zones,
        };
    }

    private static Seen State(Service service, ContainerInspection container)
    {
        var state = container.State;
        var isTask = service.Container.Restart.Condition is RestartCondition.No or RestartCondition.OnFailure;
        return (state.Status, state.Health?.Status) switch
        {
            ("running", "starting") => new(ServiceHealth.Starting, "starting", Moment(state.StartedAt), ""),
            ("running", "unhealthy") => new(ServiceHealth.Unwell, "unhealthy", null, Complaint(state)),
            ("running", _) => new(ServiceHealth.Well, "running", Moment(state.StartedAt), ""),
            ("restarting", _) => new(ServiceHealth.Unwell, $"falls over again and again (exit {state.ExitCode})", null, FirstLine(state.Error)),
            ("exited", _) when service.Exposure.Sleep is not null => new(ServiceHealth.Resting, Asleep(state), Moment(state.FinishedAt), FirstLine(state.Error)),
            ("exited", _) when state.ExitCode == 0 && isTask => new(ServiceHealth.Resting, "finished", Moment(state.FinishedAt), ""),
            ("exited", _) => new(ServiceHealth.Stopped, state.OOMKilled ? "ran out of memory" : $"exited {state.ExitCode}", Moment(state.FinishedAt), FirstLine(state.Error)),
            ("created", _) => new(ServiceHealth.Stopped, "never started", null, FirstLine(state.Error)),
            var (other, _) => new(ServiceHealth.Stopped, other.Length == 0 ? "unknown" : other, null, FirstLine(state.Error)),
        };
    }

    /// <summary>Who was asked to end ends with 0, 143 or 137 (128 and the signal); anything else it did by itself, and people may want to know.</summary>
    private static string Asleep(ContainerState state) => state.OOMKilled ? "asleep; it ran out of memory" : state.ExitCode is 0 or 137 or 143 ? "asleep" : $"asleep; it ended with {state.ExitCode}";

    /// <summary>Where a person can look: what the engine publishes. A wildcard is shown as this machine.</summary>
    private static ValueList<string> Addresses(Service service, ContainerInspection[] containers) =>
        service.Container.Ports.Where(port => port.HostPort > 0 && port.Protocol == "tcp" && containers.Length > 0)
            .Select(port => Scheme(service, port) + (port.HostAddress is "" or "0.0.0.0" or "::" ? "127.0.0.1" : port.HostAddress.Contains(':', StringComparison.Ordinal) ? $"[{port.HostAddress}]" : port.HostAddress)
                + string.Create(CultureInfo.InvariantCulture, $":{port.HostPort}"))
            .Distinct().Order(StringComparer.Ordinal).ToValueList();

    /// <summary>A guess for display: nothing decides on it.</summary>
    private static string Scheme(Service service, PublishedPort port) =>
        port.ContainerPort is 443 or 8443 ? "https://"
        : port.ContainerPort == service.Exposure.Port || port.ContainerPort is 80 or 3000 or 5000 or (>= 8000 and < 9000) ? "http://"
        : "";

    private static string Complaint(ContainerState state) => FirstLine(state.Health?.Log is { Count: > 0 } log ? log[^1].Output ?? "" : "");

    private static string FirstLine(string text)
    {
        var line = text.Trim().Split('\n')[0].TrimEnd('\r');
        return line.Length > LongestComplaint ? line[..LongestComplaint] + "…" : line;
    }

    /// <summary>The engine's notation of "never" is the year 1.</summary>
    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year > 1 ? moment : null;

    private sealed record Seen(ServiceHealth Health, string Words, DateTimeOffset? Since, string Complaint);
}
