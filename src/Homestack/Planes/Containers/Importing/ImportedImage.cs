using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Planes.Containers.Importing;

/// <summary>Finds a name under which a container's image can be written into a file and still be that image. Pure.</summary>
internal static class ImportedImage
{
    /// <summary>The name it was made with while that still means the same image; else another name of it, or its digest in a registry; null when it has none.</summary>
    public static ImageReference? NameOf(FoundContainer found)
    {
        var made = Parse(found.Container.Config.Image ?? "");
        if (found.Image is not { } image)
        {
            return made;
        }

        var names = (image.RepoTags ?? []).Concat(image.RepoDigests ?? ValueList<string>.Empty).Where(name => !name.Contains("<none>", StringComparison.Ordinal)).Select(Parse).OfType<ImageReference>().ToArray();
        return names.Any(name => name.Canonical == made?.Canonical) ? made : names.FirstOrDefault();
    }

    /// <remarks>A bare id would pass as a name with a tag.</remarks>
    private static ImageReference? Parse(string name) =>
        !name.StartsWith("sha256:", StringComparison.Ordinal) && ImageReference.TryParse(name, out var reference) ? reference : null;
}
