using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Finds what a container has that nobody asked for, although its labels say that it is right: somebody made it anew by hand and copied the labels. Pure.</summary>
/// <remarks>
/// Only what an engine shows exactly as it was given is looked at, and only what is there and was not asked for: a value that the engine or the image
/// filled in must never look like a hand's work, or the container would be replaced for ever.
/// </remarks>
internal static class MadeByHand
{
    /// <summary>Topics in a fixed order; none when all is as asked.</summary>
    /// <param name="wanted">As it must be.</param>
    /// <param name="there">As it is; its digest is right.</param>
    /// <param name="isImageKnown">Without its image it cannot be told which variables come from there.</param>
    public static IEnumerable<string> Topics(Container wanted, ContainerObserved there, bool isImageKnown)
    {
        var (asked, has) = (BodyNormal.Of(wanted.Body), there.Body);
        var (askedHost, hasHost) = (asked.HostConfig ?? new(), has.HostConfig ?? new());
        if (isImageKnown && (Differs(asked.Cmd, has.Cmd) || Differs(asked.Entrypoint, has.Entrypoint)))
        {
            yield return "command";
        }

        if (isImageKnown && there.Environment.Any(variable => !wanted.Environment.TryGetValue(variable.Key, out var value)
            || (!value.Secrets.Any() && ContentDigest.Of(value.Reveal(name => name)) != variable.Value)))
        {
            yield return "environment";
        }

        if ((hasHost.PortBindings ?? ValueMap<ValueList<PortBinding>>.Empty).Any(port => askedHost.PortBindings?.GetValueOrDefault(port.Key) != port.Value))
        {
            yield return "ports";
        }

        if ((hasHost.Mounts ?? []).Any(mount => mount.Type == "bind" && !wanted.Files.Any(file => file.Target == mount.Target)
            && !(askedHost.Mounts ?? []).Any(known => known.Target == mount.Target && known.Source == mount.Source)))
        {
            yield return "mounts";
        }

        if ((isImageKnown && has.User is not null && has.User != asked.User) || (hasHost.Privileged == true && askedHost.Privileged != true)
            || More(askedHost.CapAdd, hasHost.CapAdd) || Less(askedHost.CapDrop, hasHost.CapDrop)
            || (askedHost.ReadonlyRootfs == true && hasHost.ReadonlyRootfs != true) || (hasHost.Devices?.Count ?? 0) > (askedHost.Devices?.Count ?? 0))
        {
            yield return "rights";
        }

        if (new[] { (askedHost.NetworkMode, hasHost.NetworkMode), (askedHost.PidMode, hasHost.PidMode), (askedHost.IpcMode, hasHost.IpcMode) }.Any(pair => pair.Item2 == "host" && pair.Item1 != "host"))
        {
            yield return "namespaces";
        }
    }

    /// <summary>For people; empty when all is as asked.</summary>
    public static string Words(Container wanted, ContainerObserved there, bool isImageKnown)
    {
        var topics = string.Join(", ", Topics(wanted, there, isImageKnown));
        return topics.Length == 0 ? "" : $"it was made anew by hand with another {topics}";
    }

    private static bool Differs(ValueList<string>? asked, ValueList<string>? has) => has is { Count: > 0 } && has != asked;

    private static bool More(ValueList<string>? asked, ValueList<string>? has) => (has ?? []).Except(asked ?? []).Any();

    private static bool Less(ValueList<string>? asked, ValueList<string>? has) => (asked ?? []).Except(has ?? []).Any();
}
