using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Sections;
using Homestack.Manifests.Shapes;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads the key <c>x-homestack</c> of a service.</summary>
internal static class ExtensionReader
{
    private static readonly Field<TimeSpan> Sleep = new("sleep", ShapeList.Between(TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), "1m to 7d"), "Stopped after so long without a visitor, and started by the first. Default: it runs always.");

    public static ExtensionSpec Read(MappingReader service, SpecReading reading)
    {
        if (service.Mapping("x-homestack") is not { } mapping)
        {
            return new();
        }

        var spec = new ExtensionSpec
        {
            Span = service.SpanOf("x-homestack"),
            Port = mapping.Port("port"),
            Expose = mapping.TextOrList("expose") ?? [],
            SignIn = mapping.Word("sign-in", "none", "homestack", "app"),
            Publish = mapping.Word("publish", "engine"),
            Adopt = mapping.Text("adopt"),
            Secrets = ReadSecrets(mapping, reading),
            Host = mapping.Text("host"),
            Route = RouteFields.Read(new FieldReader(mapping, RouteFields.All, reading.Diagnostics)),
            Sleep = new FieldReader(mapping, [Sleep], reading.Diagnostics).Get(Sleep),
        };
        if (mapping.Mapping("tile") is { } tile)
        {
            spec = spec with { TileGroup = tile.Text("group"), TileTitle = tile.Text("title") };
            tile.Finish();
        }

        if (spec.Adopt is { } adopt && (adopt.Value.Length != 64 || adopt.Value.Any(digit => !char.IsAsciiHexDigitLower(digit))))
        {
            reading.Diagnostics.Add(SpecDiagnostics.Value(adopt.Value, "the full id of a container, 64 hexadecimal digits", adopt.Span, mapping.PathOf("adopt")));
        }

        mapping.Finish();
        return spec;
    }

    private static ValueMap<Located<string>> ReadSecrets(MappingReader mapping, SpecReading reading)
    {
        var secrets = mapping.TextMap("secrets") ?? ValueMap<Located<string>>.Empty;
        foreach (var (variable, secret) in secrets.Where(entry => !SecretName.IsValid(entry.Value.Value)))
        {
            reading.Diagnostics.Add(SpecDiagnostics.Value(secret.Value, "a secret's name: 1 to 64 of a-z 0-9 . _ -", secret.Span, $"{mapping.PathOf("secrets")}.{variable}"));
        }

        return secrets;
    }
}
