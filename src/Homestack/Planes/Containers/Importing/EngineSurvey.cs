using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers.Importing;

/// <summary>Looks at what runs in an engine. Reads only.</summary>
public static class EngineSurvey
{
    private const string ProjectLabel = "com.docker.compose.project";

    /// <returns>Containers sorted by name, and those that were chosen but cannot even be looked at as something to import.</returns>
    /// <exception cref="Machine.MachineException">The engine did not answer.</exception>
    public static async Task<(ValueList<FoundContainer> Found, ValueList<LeftOut> LeftOut)> LookAsync(IEngineApi engine, ImportChoice choice, CancellationToken cancellationToken)
    {
        var found = new List<FoundContainer>();
        var leftOut = new List<LeftOut>();
        var images = new Dictionary<string, ImageInspection?>(StringComparer.Ordinal);
        foreach (var summary in await engine.ListContainersAsync("", cancellationToken).ConfigureAwait(false))
        {
            var labels = summary.Labels ?? ValueMap<string>.Empty;
            var names = summary.Names.Select(name => name.TrimStart('/')).ToArray();
            if (!choice.Includes(summary.Id, names, labels.GetValueOrDefault(ProjectLabel, "")))
            {
                continue;
            }

            if (Refusal(labels, summary.State) is { } reason)
            {
                leftOut.Add(new(names.FirstOrDefault(summary.Id), reason));
            }
            else if (await engine.InspectContainerAsync(summary.Id, cancellationToken).ConfigureAwait(false) is { } container)
            {
                if (!images.TryGetValue(container.Image, out var image))
                {
                    images[container.Image] = image = await engine.InspectImageAsync(container.Image, cancellationToken).ConfigureAwait(false);
                }

                found.Add(new(container, image));
            }
        }

        var missing = choice.Containers.Where(name => !found.Any(container => container.Name == name || container.Container.Id.StartsWith(name, StringComparison.Ordinal)) && !leftOut.Any(left => left.Container == name))
            .Concat(choice.Projects.Where(project => !found.Any(container => container.Project == project)));
        return (found.OrderBy(container => container.Name, StringComparer.Ordinal).ToValueList(), [.. leftOut.OrderBy(left => left.Container, StringComparer.Ordinal), .. missing.Select(name => new LeftOut(name, "nothing of this name runs here"))]);
    }

    private static string? Refusal(ValueMap<string> labels, string state) =>
        labels.ContainsKey(OwnLabels.Home) ? $"it belongs to the home \"{labels[OwnLabels.Home]}\" already"
        : labels.ContainsKey("com.docker.swarm.service.id") ? "Swarm made it and would make it again; import is for containers that nobody else looks after"
        : state switch
        {
            "running" or "restarting" => null,
            "paused" => "it is paused; let it go on first: docker unpause",
            _ => "it does not run",
        };
}
