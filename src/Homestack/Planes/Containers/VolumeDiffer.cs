using Homestack.Diagnostics;

namespace Homestack.Planes.Containers;

/// <summary>Compares volumes. One that is missing is made; one that differs is an error; none is ever removed or replaced. Pure.</summary>
internal static class VolumeDiffer
{
    public static IReadOnlyList<ResourceChange> Diff(ContainersDesired desired, ContainersObserved observed, DiagnosticBag diagnostics)
    {
        var changes = new List<ResourceChange>();
        foreach (var wanted in desired.Volumes)
        {
            var (host, name) = (observed.Hosts[wanted.Host], wanted.Body.Name);
            var there = host.Volumes.FirstOrDefault(volume => volume.Name == name);
            var digest = ContentDigest.Of(wanted.Body);
            if (wanted.IsExternal)
            {
                if (there is null && !host.ForeignVolumes.ContainsKey(name))
                {
                    diagnostics.Add(ContainersDiagnostics.ExternalVolumeMissing(name, wanted.Host, wanted.Place));
                }
            }
            else if (there is not null)
            {
                if (there.Digest != digest)
                {
                    diagnostics.Add(ContainersDiagnostics.VolumeDiffers(name, wanted.Host, wanted.Place));
                }
            }
            else if (host.ForeignVolumes.ContainsKey(name))
            {
                diagnostics.Add(ContainersDiagnostics.VolumeNameHeld(name, wanted.Host, wanted.Place));
            }
            else
            {
                changes.Add(new()
                {
                    Resource = wanted.Resource,
                    Action = ChangeAction.Create,
                    Cause = "new volume",
                    Place = wanted.Place,
                    Steps = [new CreateVolume(wanted.Body with { Labels = OwnLabels.On(wanted.Body.Labels, desired.Home, wanted.Label, digest) }) { Host = wanted.Host }],
                });
            }
        }

        return changes;
    }
}
