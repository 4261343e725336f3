using Homestack.Collections;
using Homestack.Manifests;
using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes a blueprint as the files of a home: <c>homestack.yaml</c>, and one file in <c>stacks/</c> for each stack. Secrets stay names. Pure.</summary>
public static class HomeWriter
{
    private const string Folder = "stacks/";

    /// <returns>Path inside the home's folder → text.</returns>
    public static ValueMap<string> Write(Blueprint blueprint)
    {
        var stacks = ComposeWriter.WriteStacks(blueprint, ComposeSecrets.Names);
        var home = new MappingWriter()
            .Number("homestack", 1L)
            .Text("home", blueprint.Home)
            .Mapping("hosts", Hosts(blueprint))
            .Words("stacks", stacks.Keys.Select(FileOf));
        return stacks.SelectMany(stack => stack.Value.Files.Select(file => KeyValuePair.Create(Folder + file.Key, file.Value)).Append(new(FileOf(stack.Key), stack.Value.Text)))
            .Append(new(Manifest.FileName, YamlWriter.Write(home.ToNode()))).ToValueMap();
    }

    /// <summary>Only those that say where their engine listens; the others are this machine's own.</summary>
    private static MappingWriter Hosts(Blueprint blueprint) =>
        blueprint.Hosts.Where(host => host.Value.Engine.Length > 0).Aggregate(new MappingWriter(), (hosts, host) => hosts.Mapping(host.Key, new MappingWriter()
            .Text("address", host.Value.Address)
            .Text("connect", host.Value.Engine)
            .Text("tls", host.Value.TlsFolder)));

    private static string FileOf(string stack) => $"{Folder}{stack}.yaml";
}
