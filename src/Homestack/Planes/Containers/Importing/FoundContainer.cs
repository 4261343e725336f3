using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers.Importing;

/// <summary>A container that runs here and is not ours, with its image.</summary>
/// <param name="Container">Inspected.</param>
/// <param name="Image">Null when the image is gone.</param>
public sealed record FoundContainer(ContainerInspection Container, ImageInspection? Image)
{
    /// <summary>Without a leading slash.</summary>
    public string Name => Container.Name.TrimStart('/');

    /// <summary>Compose project that made it; empty for a loose one.</summary>
    public string Project => Label("com.docker.compose.project");

    /// <summary>Its service in the project; empty for a loose one.</summary>
    public string ComposeService => Label("com.docker.compose.service");

    /// <summary>Which of the service's containers, from <c>1</c>.</summary>
    public string Number => Label("com.docker.compose.container-number");

    public string Label(string name) => (Container.Config.Labels ?? ValueMap<string>.Empty).GetValueOrDefault(name, "");
}
