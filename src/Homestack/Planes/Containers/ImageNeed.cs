using Homestack.Blueprints;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>Which image a container must be made from, and what has to happen first.</summary>
/// <param name="Use">The name or id to make it from.</param>
/// <param name="Id">Id of that image; null while it is not there.</param>
/// <param name="Step">The call that brings it; null when it is there.</param>
/// <param name="IsRequired">A container that was made under the same name earlier is out of date.</param>
/// <param name="Cause">Why the call is needed.</param>
public sealed record ImageNeed(string Use, string? Id, ContainersChange? Step, bool IsRequired, string Cause)
{
    /// <summary>Pure. The diagnostics HS3008, HS3009 and HS3013 are left to <see cref="Problem"/>, because they matter only when a container must be made.</summary>
    public static ImageNeed Of(Container container, HostObserved host, ContainersObserved observed)
    {
        var (image, name) = (container.Image, container.Image.Reference.ToString());
        var there = host.Images.GetValueOrDefault(name);
        if (image.Pin is { } pin)
        {
            return host.Images.ContainsKey(pin.ImageId) ? new(pin.ImageId, pin.ImageId, null, IsRequired: true, "")
                : new(pin.RepositoryDigest, pin.ImageId, Pull(pin.RepositoryDigest, container), IsRequired: true, "the image of then is not here");
        }

        if (image.Build is { } build)
        {
            var context = observed.ContextDigests.GetValueOrDefault(name, "");
            return there?.Context == context && context.Length > 0 ? new(name, there.Id, null, IsRequired: true, "")
                : new(name, null, new BuildImage(name, build, image.Platform, context) { Host = container.Host }, IsRequired: true,
                    there is null ? "not built yet" : there.Context.Length == 0 ? "not built by this home" : "what it is built from changed");
        }

        if (there is null)
        {
            return new(name, null, Pull(name, container), IsRequired: false, "not here yet");
        }

        return image.Pull == PullPolicy.Always && host.RegistryDigests.TryGetValue(name, out var digest)
            && !there.RepositoryDigests.Any(known => known.EndsWith("@" + digest, StringComparison.Ordinal))
            ? new(name, null, Pull(name, container), IsRequired: true, "the registry has a newer one")
            : new(name, there.Id, null, IsRequired: true, "");
    }

    /// <summary>Why the image cannot be had; null when it can.</summary>
    public Diagnostic? Problem(Container container, ContainersObserved observed)
    {
        var name = container.Image.Reference.ToString();
        return Step switch
        {
            PullImage { Reference.Length: 0 } => ContainersDiagnostics.PinnedImageGone(name, Id ?? "", container.Host),
            BuildImage when observed.ContextProblems.TryGetValue(name, out var words) => ContainersDiagnostics.ContextUnreadable(name, words, container.Place),
            PullImage when container.Image is { Pull: PullPolicy.Never, Pin: null } => ContainersDiagnostics.ImageNeverPulled(name, container.Host, container.Place),
            _ => null,
        };
    }

    /// <summary>Whether a container that is there was made from the right image.</summary>
    public bool IsMetBy(ContainerObserved container) =>
        Id is not null ? container.ImageId == Id : !IsRequired && Canonical(container.ImageName) == Canonical(Use);

    private static string Canonical(string name) => ImageReference.TryParse(name, out var reference) && reference is not null ? reference.Canonical : name;

    private static PullImage Pull(string name, Container container) => new(name, container.Image.Platform) { Host = container.Host };
}
