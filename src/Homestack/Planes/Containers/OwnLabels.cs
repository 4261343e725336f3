using System.Globalization;
using Homestack.Collections;

namespace Homestack.Planes.Containers;

/// <summary>How a thing in an engine says that it is ours. Identity is these labels, never a name.</summary>
public static class OwnLabels
{
    /// <summary>The home's name. Things of another home are not seen.</summary>
    public const string Home = "homestack.home";

    /// <summary><c>service:stack/name</c>, <c>network:stack/key</c> or <c>volume:stack/key</c>.</summary>
    public const string Resource = "homestack.resource";

    /// <summary>Which of a service's containers, from 1.</summary>
    public const string Instance = "homestack.instance";

    /// <summary>Of everything that can only be changed by making it anew.</summary>
    public const string Digest = "homestack.digest";

    /// <summary>On an image: of what it was built from.</summary>
    public const string Context = "homestack.context";

    private const string Prefix = "homestack.";

    private static readonly string[] Kinds = ["service:", "network:", "volume:"];

    /// <summary>Whether these labels say that a thing is this home's, and which one: the home's name alone does not.</summary>
    public static bool AreOf(string home, ValueMap<string>? labels) =>
        labels?.GetValueOrDefault(Home) == home && labels.GetValueOrDefault(Resource) is { } resource && Array.Exists(Kinds, kind => resource.StartsWith(kind, StringComparison.Ordinal))
        && resource[(resource.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('/') is [{ Length: > 0 } stack, { Length: > 0 } name] && (stack + name).All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    public static bool IsOurs(string label) => label.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What was said, and ours over it.</summary>
    public static ValueMap<string> On(ValueMap<string>? labels, string home, string resource, string digest, int? instance = null)
    {
        var ours = (labels ?? ValueMap<string>.Empty).With(Home, home).With(Resource, resource).With(Digest, digest);
        return instance is { } number ? ours.With(Instance, number.ToString(CultureInfo.InvariantCulture)) : ours;
    }

    /// <summary>The rest, without ours; null when nothing is left.</summary>
    public static ValueMap<string>? Without(ValueMap<string>? labels)
    {
        var rest = (labels ?? ValueMap<string>.Empty).Where(label => !IsOurs(label.Key)).ToValueMap();
        return rest.Count == 0 ? null : rest;
    }
}
