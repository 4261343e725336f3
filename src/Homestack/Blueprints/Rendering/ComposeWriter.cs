using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes a blueprint as Compose files that any Compose program can run.</summary>
/// <remarks>
/// Pure. Names of networks and volumes are written out, so that another program finds the same data. The short and old forms are preferred where they say the same,
/// so that Compose programs of 2021 read the files too. <c>x-homestack</c> keeps what only we understand.
/// <para>Source: Compose Specification.</para>
/// </remarks>
public static class ComposeWriter
{
    /// <summary>One file for each stack, by its name; files that are made for containers lie beside it.</summary>
    public static ValueMap<ComposeDocument> WriteStacks(Blueprint blueprint, ComposeSecrets secrets)
    {
        var stacks = blueprint.Services.Values.Select(service => service.Stack).Concat(blueprint.Networks.Values.Select(network => network.Stack))
            .Concat(blueprint.Volumes.Values.Select(volume => volume.Stack)).Distinct(StringComparer.Ordinal);
        return stacks.ToValueMap(stack => stack, stack => Write(Only(blueprint, stack), secrets, isBeside: true));
    }

    /// <summary>The whole home in one file, which needs no other.</summary>
    public static ComposeDocument Write(Blueprint blueprint, ComposeSecrets secrets) => Write(blueprint, secrets, isBeside: false);

    private static ComposeDocument Write(Blueprint blueprint, ComposeSecrets secrets, bool isBeside)
    {
        var names = new ComposeNames(blueprint);
        var text = new ComposeText(secrets);
        var files = new ContentFiles(text, isBeside);
        var root = new MappingWriter(ComposeText.Escape);
        var services = root.Empty();
        var notes = new List<string>();
        foreach (var (owner, service) in blueprint.Services)
        {
            services.Mapping(names.Service(owner), ServiceWriter.Write(service, root.Empty(), names, text, files));
            notes.AddRange(Notes(service).Select(words => $"{owner}: {words}"));
        }

        // An empty section is written too: a Compose file without services is not one.
        root.Node("services", services.ToNode());
        root.Mapping("networks", NetworkWriter.Write(blueprint.Networks, root.Empty(), names));
        root.Mapping("volumes", VolumeWriter.Write(blueprint.Volumes, root.Empty(), names));
        root.Mapping("secrets", files.WriteBeside(root.Empty()));
        root.Mapping("configs", files.WriteInline(root.Empty()));
        if (files.HasInline)
        {
            notes.Add("Files that are made for containers are written as configs with content, which needs Docker Compose 2.23 or newer.");
        }

        return new(root.ToNode(), text.Variables, notes.ToValueList()) { Files = files.Beside };
    }

    /// <summary>A stack with the networks and volumes of others that its services use.</summary>
    private static Blueprint Only(Blueprint blueprint, string stack)
    {
        var services = blueprint.Services.Where(pair => pair.Value.Stack == stack).ToValueMap();
        var networks = services.Values.SelectMany(service => service.Container.Networks.Keys).ToHashSet(StringComparer.Ordinal);
        var volumes = services.Values.SelectMany(service => service.Container.Mounts).Where(mount => mount.Kind == MountKind.Volume).Select(mount => mount.Source).ToHashSet(StringComparer.Ordinal);
        return blueprint with
        {
            Services = services,
            Networks = blueprint.Networks.Where(pair => pair.Value.Stack == stack || networks.Contains(pair.Key)).ToValueMap(),
            Volumes = blueprint.Volumes.Where(pair => pair.Value.Stack == stack || volumes.Contains(pair.Key)).ToValueMap(),
        };
    }

    private static IEnumerable<string> Notes(Service service)
    {
        if (service.Image.Build is { Packages.Count: > 0 })
        {
            yield return "its image is made from Debian packages, which only Homestack unpacks; build it before you leave.";
        }

        if (service.Host != Host.Local)
        {
            yield return $"it runs on the host \"{service.Host}\"; start its file there.";
        }

        if (NewerKeys.Of(service).ToArray() is { Length: > 0 } newer)
        {
            yield return $"it needs Docker Compose 2 for {string.Join(", ", newer)}.";
        }
    }
}
