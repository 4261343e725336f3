using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Planes.Containers;

/// <summary>Compares each wanted container with what is there, leftovers of an interrupted replacement included. Pure; remembers what it found out, because
/// containers that share a namespace follow each other.</summary>
internal sealed class ServiceDiffer(ContainersDesired desired, ContainersObserved observed, IReadOnlySet<(string Host, string Network)> renewedNetworks, DiagnosticBag diagnostics)
{
    private readonly Dictionary<(string Owner, int Instance), ServiceOutcome> found = [];
    private readonly HashSet<(string Owner, int Instance)> busy = [];
    private readonly ILookup<string, Container> byOwner = desired.Containers.ToLookup(container => container.Owner);

    /// <summary>The containers of a service, in order of instance.</summary>
    public IEnumerable<Container> Of(string owner) => byOwner[owner];

    /// <summary>What a container needs; the same answer each time.</summary>
    public ServiceOutcome Outcome(Container wanted)
    {
        var key = (wanted.Owner, wanted.Instance);
        if (!found.TryGetValue(key, out var outcome))
        {
            busy.Add(key);
            found[key] = outcome = Decide(wanted);
            busy.Remove(key);
        }

        return outcome;
    }

    /// <summary>It runs and nothing says that it is not well; or it has done what it was there for.</summary>
    public static bool IsWell(Container wanted, ContainerObserved there) =>
        there.Phase == ContainerPhase.Running ? wanted.Awaited != DependencyCondition.CompletedSuccessfully && there.IsHealthy != false : IsDone(wanted, there);

    private static bool IsDone(Container wanted, ContainerObserved there) =>
        there is { Phase: ContainerPhase.Exited, ExitCode: 0 } && wanted.Awaited == DependencyCondition.CompletedSuccessfully && wanted.Limits.RestartPolicy?.Name is null or "no" or "on-failure";

    private ServiceOutcome Decide(Container wanted)
    {
        var host = observed.Hosts[wanted.Host];
        var need = ImageNeed.Of(wanted, host, observed);
        var digest = ContentDigest.Of(wanted, name => observed.SecretDigests.GetValueOrDefault(name, ""));
        var labelled = host.Containers.Where(there => there.Label == wanted.Label && there.Instance == wanted.Instance).ToArray();
        var candidates = labelled.Length > 0 || wanted.Adopt.Length == 0 ? labelled : host.Containers.Where(there => there.Label.Length == 0 && there.Id == wanted.Adopt).ToArray();
        Complain(wanted, host);

        var right = candidates.Where(there => Wrong(wanted, there, need, digest) is null)
            .OrderByDescending(there => IsWell(wanted, there)).ThenByDescending(there => there.Name == wanted.Name).ThenByDescending(Replacement.IsActive).FirstOrDefault();
        var outcome = right is not null ? Keep(wanted, right, [.. candidates.Where(there => there.Id != right.Id)], digest)
            : candidates.Length > 0 ? Replace(wanted, candidates, need, digest, host)
            : Create(wanted, need, digest);
        if (outcome.Steps.Count > 0 && outcome.Kept is null && need.Problem(wanted, observed) is { } problem)
        {
            diagnostics.Add(problem);
        }

        return MakeRoom(wanted, outcome, host);
    }

    private void Complain(Container wanted, HostObserved host)
    {
        foreach (var secret in ContentDigest.Secrets(wanted).Where(name => !observed.SecretDigests.ContainsKey(name)))
        {
            diagnostics.Add(ContainersDiagnostics.SecretNotSet(secret, wanted.Place));
        }

        if (host.ForeignContainers.TryGetValue(wanted.Name, out var holder) && holder != wanted.Adopt)
        {
            diagnostics.Add(ContainersDiagnostics.ContainerNameHeld(wanted.Name, holder, wanted.Host, wanted.Place));
        }
    }

    /// <summary>Why a container that is there cannot stay, in people's words; null when it can.</summary>
    private string? Wrong(Container wanted, ContainerObserved there, ImageNeed need, string digest)
    {
        if (there.Phase == ContainerPhase.Dead)
        {
            return "the engine declared it dead";
        }

        var isAdopted = there.Label.Length == 0;
        var sameSettings = isAdopted ? wanted.Files.Count == 0 && !ContainerTopics.Environment(wanted, there).Any() && !ContainerTopics.Body(wanted, there).Any() : there.Digest == digest;
        var sameImage = need.IsMetBy(there);
        var byHand = isAdopted || !sameSettings || !sameImage ? "" : MadeByHand.Words(wanted, there, observed.Hosts[wanted.Host].Images.ContainsKey(there.ImageId));
        if (byHand.Length > 0)
        {
            return byHand;
        }

        if (!sameSettings || !sameImage)
        {
            var image = sameImage ? "" : ImageWords(wanted, there, need);
            var settings = sameSettings ? "" : ContainerTopics.Words(wanted, there);
            return string.Join("; ", new[] { image, settings }.Where(words => words.Length > 0));
        }

        return LimitsDiff.NeedsReplace(wanted.Limits, there.Limits) ? "a limit was removed"
            : wanted.SharesWith.FirstOrDefault(owner => !Shares(wanted, there, owner)) is { } other ? $"it lives in the network or namespaces of \"{other}\", which gets a new container" : null;
    }

    private static string ImageWords(Container wanted, ContainerObserved there, ImageNeed need)
    {
        var name = wanted.Image.Reference.ToString();
        return wanted.Image.Pin is not null ? $"image of {name} goes back to the one of then"
            : there.ImageName != name && there.ImageName.Length > 0 ? $"image {there.ImageName} → {name}"
            : need.Cause.Length > 0 ? $"image {name}: {need.Cause}" : $"image {name} is a newer one";
    }

    private bool Shares(Container wanted, ContainerObserved there, string owner)
    {
        if (Of(owner).FirstOrDefault() is not { } other || busy.Contains((other.Owner, other.Instance)))
        {
            return true;
        }

        var id = Outcome(other).Kept?.Id ?? "";
        var (asked, has) = (wanted.Body.HostConfig ?? new(), there.Body.HostConfig ?? new());
        bool Same(string? mode, string? shown) => mode != "service:" + owner || (id.Length > 0 && shown == "container:" + id);
        return Same(asked.NetworkMode, has.NetworkMode) && Same(asked.PidMode, has.PidMode) && Same(asked.IpcMode, has.IpcMode)
            && (asked.VolumesFrom ?? []).Where(from => from == "service:" + owner || from.StartsWith($"service:{owner}:", StringComparison.Ordinal))
                .All(_ => id.Length > 0 && (has.VolumesFrom ?? []).Any(from => from.StartsWith(id, StringComparison.Ordinal)));
    }

    private ServiceOutcome Create(Container wanted, ImageNeed need, string digest)
    {
        var target = Replacement.New(wanted, desired.Home);
        var steps = Replacement.Make(wanted, desired.Home, need.Use, digest, []).Append(Replacement.Start(wanted, target));
        return new()
        {
            Wanted = wanted,
            Action = ChangeAction.Create,
            Cause = wanted.Instance == 1 ? "new service" : "more instances",
            Image = need,
            Steps = (wanted.Awaited is { } condition ? steps.Append(new WaitUntilWell(target, condition) { Host = wanted.Host }) : steps).ToValueList(),
            Undo = [new RemoveContainer(target) { Host = wanted.Host }],
        };
    }

    private ServiceOutcome Replace(Container wanted, ContainerObserved[] candidates, ImageNeed need, string digest, HostObserved host)
    {
        // The one that is known to be good is kept as the way back: healthy and running before anything else, the one put aside before its successor.
        var ordered = candidates.OrderByDescending(there => there.Phase == ContainerPhase.Running && there.IsHealthy != false)
            .ThenByDescending(there => Replacement.IsOldName(wanted, there)).ThenByDescending(Replacement.IsActive).ThenByDescending(there => there.Name == wanted.Name).ToArray();
        var (old, extras) = (ordered[0], ordered[1..]);
        var carried = Replacement.Carried(wanted, old, host.Images.GetValueOrDefault(need.Use));
        var isAlongside = Replacement.IsAlongside(wanted, old, carried);
        var target = Replacement.New(wanted, desired.Home);
        return new()
        {
            Wanted = wanted,
            Action = ChangeAction.Replace,
            Cause = Wrong(wanted, old, need, digest) ?? "",
            Image = need,
            Old = old,
            IsInterrupted = !isAlongside && Replacement.IsActive(old),
            Steps =
            [
                .. extras.SelectMany(extra => Replacement.Remove(extra, desired.Home, wanted.Host)),
                .. PutAside(wanted, old),
                .. Replacement.Make(wanted, desired.Home, need.Use, digest, carried),
                .. Replacement.TakeOver(wanted, target, old, desired.Home, isAlongside, isStarted: false),
            ],
            Undo = Replacement.WayBack(wanted, target, old, desired.Home).ToValueList(),
        };
    }

    private IEnumerable<ContainersChange> PutAside(Container wanted, ContainerObserved old) =>
        old.Name == wanted.Name ? [new RenameContainer(Replacement.There(old, desired.Home), Replacement.OldName(wanted)) { Host = wanted.Host }] : [];

    private ServiceOutcome Keep(Container wanted, ContainerObserved there, ContainerObserved[] extras, string digest)
    {
        var mend = ContainerMending.Steps(wanted, there, desired.Home, renewedNetworks);
        if (extras.Length == 0 || IsWell(wanted, there))
        {
            return new()
            {
                Wanted = wanted,
                Kept = there,
                Cause = string.Join("; ", extras.Select(extra => $"{extra.Name} is left over from an interrupted replacement").Concat(mend.Select(step => step.Cause).Where(words => words.Length > 0).Distinct())),
                Steps = [.. extras.SelectMany(extra => Replacement.Remove(extra, desired.Home, wanted.Host)), .. mend.Select(step => step.Change)],
            };
        }

        // An interrupted replacement goes on where it stopped: the successor is there, is not yet well, and the old one is the way back.
        var old = extras.OrderByDescending(Replacement.IsActive).ThenByDescending(extra => Replacement.IsOldName(wanted, extra)).First();
        var isAlongside = Replacement.IsAlongside(wanted, old, Replacement.Carried(wanted, old, observed.Hosts[wanted.Host].Images.GetValueOrDefault(there.ImageId)));
        var target = Replacement.There(there, desired.Home);
        return new()
        {
            Wanted = wanted,
            Kept = there,
            Old = old,
            Cause = "an interrupted replacement goes on",
            IsInterrupted = !isAlongside && Replacement.IsActive(old),
            Steps =
            [
                .. extras.Where(extra => extra.Id != old.Id).SelectMany(extra => Replacement.Remove(extra, desired.Home, wanted.Host)),
                .. PutAside(wanted, old),
                .. mend.Where(step => step.Change is not (StartContainer or WaitUntilWell)).Select(step => step.Change),
                .. Replacement.TakeOver(wanted, target, old, desired.Home, isAlongside, there.Phase is ContainerPhase.Running or ContainerPhase.Restarting),
            ],
            Undo = Replacement.WayBack(wanted, target, old, desired.Home).ToValueList(),
        };
    }

    /// <summary>Another container of ours may hold the name that is needed: it gets out of the way first, whatever becomes of it.</summary>
    private ServiceOutcome MakeRoom(Container wanted, ServiceOutcome outcome, HostObserved host)
    {
        var needsName = outcome.Steps.Any(step => step is CreateContainer || (step is RenameContainer rename && rename.NewName == wanted.Name));
        var holder = needsName ? host.Containers.FirstOrDefault(there => there.Name == wanted.Name && (there.Label != wanted.Label || there.Instance != wanted.Instance) && there.Label.Length > 0) : null;
        return holder is null ? outcome : outcome with
        {
            Steps = [new RenameContainer(Replacement.There(holder, desired.Home), $"{holder.Name}-moved-{holder.Id[..Math.Min(8, holder.Id.Length)]}", holder.Name) { Host = wanted.Host }, .. outcome.Steps],
        };
    }
}
