using Homestack.Blueprints;

namespace Homestack.Planes.Containers.Importing;

/// <summary>Gives everything that is imported a name in the home, and remembers the networks and volumes that are used.</summary>
/// <remarks>A Compose project becomes a stack of its name; loose containers stand together in one called <c>imported</c>.</remarks>
internal sealed class ImportNames
{
    private const string Loose = "imported";

    private readonly Dictionary<string, string> stackOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Stack, string Service)> placeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> idOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Network> networks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Volume> volumes = new(StringComparer.Ordinal);

    public ImportNames(IEnumerable<FoundContainer> found)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var container in found)
        {
            var stack = Stack(container.Project);
            var name = container.ComposeService.Length == 0 ? container.Name : container.Number is "" or "1" ? container.ComposeService : $"{container.ComposeService}-{container.Number}";
            placeOf[container.Container.Id] = (stack, Free(Key(name), key => taken.Add($"{stack}/{key}")));
            idOf[container.Name] = container.Container.Id;
        }
    }

    public IEnumerable<Network> Networks => networks.Values;

    public IEnumerable<Volume> Volumes => volumes.Values;

    public (string Stack, string Service) PlaceOf(FoundContainer container) => placeOf[container.Container.Id];

    /// <summary><c>stack/name</c> of the container with this id, beginning of an id, or name; null when it is not among those that are imported.</summary>
    public string? OwnerOf(string reference)
    {
        var id = idOf.GetValueOrDefault(reference) ?? placeOf.Keys.FirstOrDefault(known => reference.Length >= 12 && known.StartsWith(reference, StringComparison.Ordinal));
        return id is null ? null : $"{placeOf[id].Stack}/{placeOf[id].Service}";
    }

    /// <summary><c>stack/key</c> of a network by the engine's name.</summary>
    public string Network(FoundContainer user, string engineName)
    {
        var (stack, _) = PlaceOf(user);
        var known = networks.Values.FirstOrDefault(network => network.Stack == stack && network.EngineName == engineName);
        if (known is null)
        {
            var key = Free(Key(WithoutProject(user.Project, engineName)), candidate => !networks.ContainsKey($"{stack}/{candidate}"));
            networks[$"{stack}/{key}"] = known = new() { Stack = stack, Key = key, EngineName = engineName, IsExternal = true };
        }

        return $"{stack}/{known.Key}";
    }

    /// <summary><c>stack/key</c> of a volume by the engine's name.</summary>
    public string Volume(FoundContainer user, string engineName)
    {
        var (stack, _) = PlaceOf(user);
        var known = volumes.Values.FirstOrDefault(volume => volume.Stack == stack && volume.EngineName == engineName);
        if (known is null)
        {
            var key = Free(Key(WithoutProject(user.Project, engineName)), candidate => !volumes.ContainsKey($"{stack}/{candidate}"));
            volumes[$"{stack}/{key}"] = known = new() { Stack = stack, Key = key, EngineName = engineName, IsExternal = true };
        }

        return $"{stack}/{known.Key}";
    }

    /// <summary>One label of a DNS name, of at most so many characters.</summary>
    public static string Label(string text, int most, string otherwise)
    {
        var label = string.Concat(text.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        label = label.Length > most ? label[..most].TrimEnd('-') : label;
        return label.Length == 0 ? otherwise : label;
    }

    private string Stack(string project)
    {
        if (!stackOf.TryGetValue(project, out var stack))
        {
            stackOf[project] = stack = Free(project.Length == 0 ? Loose : Label(project, 50, Loose), candidate => !stackOf.ContainsValue(candidate));
        }

        return stack;
    }

    private static string WithoutProject(string project, string name) =>
        project.Length > 0 && name.Length > project.Length + 1 && name.StartsWith(project, StringComparison.Ordinal) && name[project.Length] is '_' or '-' ? name[(project.Length + 1)..] : name;

    /// <summary>What Compose allows as a key.</summary>
    private static string Key(string name)
    {
        var key = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-')).TrimStart('.', '_', '-');
        return key.Length == 0 ? "thing" : key.Length > 100 ? key[..100] : key;
    }

    private static string Free(string name, Func<string, bool> isFree)
    {
        var candidate = name;
        for (var number = 2; !isFree(candidate); number++)
        {
            candidate = $"{name}-{number}";
        }

        return candidate;
    }
}
