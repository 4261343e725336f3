using Homestack.Blueprints;
using Homestack.Collections;

namespace Homestack.Planes.Containers.Importing;

/// <summary>What Compose noted on a container about the services that it waits for. Pure.</summary>
/// <remarks>Only Docker Compose 2 notes it: <c>db:service_healthy:false,cache:service_started:true</c>. A service that is not imported is passed over.</remarks>
internal static class ImportedDependencies
{
    public static ValueMap<Dependency> Of(FoundContainer found, string stack, IEnumerable<FoundContainer> all, ImportNames names)
    {
        var dependencies = new Dictionary<string, Dependency>(StringComparer.Ordinal);
        foreach (var note in found.Label("com.docker.compose.depends_on").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = note.Split(':');
            var condition = parts.ElementAtOrDefault(1) switch { "service_healthy" => DependencyCondition.Healthy, _ => DependencyCondition.Started };
            foreach (var other in all.Where(other => other.Project == found.Project && other.ComposeService == parts[0] && other.Number is "" or "1" && other.Container.Id != found.Container.Id))
            {
                dependencies[$"{stack}/{names.PlaceOf(other).Service}"] = new(condition, parts.ElementAtOrDefault(2) == "true", IsRequired: true);
            }
        }

        return dependencies.ToValueMap();
    }
}
