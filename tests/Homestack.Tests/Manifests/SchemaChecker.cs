using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Homestack.Manifests.Yaml;

namespace Homestack.Tests.Manifests;

/// <summary>Checks nodes against the part of JSON Schema 2020-12 that the manifest's schema uses; an unknown keyword is an error, so that none is skipped silently.</summary>
internal static class SchemaChecker
{
    private static readonly string[] Known =
        ["$schema", "title", "description", "type", "properties", "additionalProperties", "patternProperties", "required", "propertyNames", "items", "oneOf", "enum", "pattern", "minimum", "maximum"];

    public static IEnumerable<string> Problems(YamlNode node, JsonNode schema, string path)
    {
        if (schema is JsonValue allowed)
        {
            return allowed.GetValue<bool>() ? [] : [$"{path}: not allowed"];
        }

        var rules = schema.AsObject();
        Assert.Empty(rules.Select(rule => rule.Key).Except(Known));
        return [.. OneOf(node, rules, path), .. Type(node, rules, path), .. node switch
        {
            YamlMapping mapping => Mapping(mapping, rules, path),
            YamlSequence sequence when rules["items"] is { } items => sequence.Items.SelectMany((item, i) => Problems(item, items, $"{path}[{i}]")),
            YamlScalar scalar => Scalar(scalar, rules, path),
            _ => [],
        }];
    }

    private static IEnumerable<string> OneOf(YamlNode node, JsonObject rules, string path)
    {
        var matches = rules["oneOf"]?.AsArray().Count(choice => choice is not null && !Problems(node, choice, path).Any()) ?? 1;
        return matches == 1 ? [] : [$"{path}: {matches} of the choices match"];
    }

    private static IEnumerable<string> Type(YamlNode node, JsonObject rules, string path)
    {
        if (rules["type"] is not { } type)
        {
            return [];
        }

        string[] types = type is JsonArray many ? [.. many.Select(one => one?.GetValue<string>() ?? "")] : [type.GetValue<string>()];
        return TypesOf(node).Intersect(types).Any() ? [] : [$"{path}: is not {string.Join(" or ", types)}"];
    }

    private static IEnumerable<string> Mapping(YamlMapping mapping, JsonObject rules, string path)
    {
        foreach (var required in rules["required"]?.AsArray() ?? [])
        {
            if (required is not null && mapping.Find(required.GetValue<string>()) is null)
            {
                yield return $"{path}: lacks {required}";
            }
        }

        foreach (var entry in mapping.Entries)
        {
            var key = entry.Key.Value;
            if (rules["propertyNames"] is { } names && Problems(entry.Key with { IsPlain = false }, names, path + "." + key).FirstOrDefault() is { } problem)
            {
                yield return problem;
            }

            var rule = rules["properties"]?[key]
                ?? rules["patternProperties"]?.AsObject().FirstOrDefault(pattern => Regex.IsMatch(key, pattern.Key)).Value
                ?? rules["additionalProperties"];
            foreach (var inner in rule is null ? [] : Problems(entry.Value, rule, $"{path}.{key}"))
            {
                yield return inner;
            }
        }
    }

    private static IEnumerable<string> Scalar(YamlScalar scalar, JsonObject rules, string path)
    {
        if (rules["enum"]?.AsArray() is { } choices && !choices.Any(choice => choice?.ToString().Equals(scalar.Value, StringComparison.OrdinalIgnoreCase) == true))
        {
            yield return $"{path}: \"{scalar.Value}\" is not among the choices";
        }

        if (rules["pattern"] is { } pattern && !Regex.IsMatch(scalar.Value, pattern.GetValue<string>()))
        {
            yield return $"{path}: \"{scalar.Value}\" does not match {pattern}";
        }

        if (long.TryParse(scalar.Value, out var number)
            && (number < (rules["minimum"]?.GetValue<int>() ?? long.MinValue) || number > (rules["maximum"]?.GetValue<int>() ?? long.MaxValue)))
        {
            yield return $"{path}: {number} is out of range";
        }
    }

    private static string[] TypesOf(YamlNode node) => node switch
    {
        YamlMapping => ["object"],
        YamlSequence => ["array"],
        YamlScalar { IsNull: true } => ["null"],
        YamlScalar { IsPlain: true } scalar when long.TryParse(scalar.Value, out _) => ["integer", "number"],
        YamlScalar { IsPlain: true, Value: "true" or "false" } => ["boolean"],
        _ => ["string"],
    };
}
