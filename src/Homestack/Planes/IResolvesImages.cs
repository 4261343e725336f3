using Homestack.Blueprints;
using Homestack.Collections;

namespace Homestack.Planes;

/// <summary>An observed value that can say which image each service runs, so that a generation can pin it.</summary>
public interface IResolvesImages
{
    /// <summary>By <c>stack/name</c> of the service. One that runs nothing is not in it.</summary>
    ValueMap<ImagePin> ResolveImages();
}
