using System.Text.Json;
using Homestack.Collections;
using Homestack.Manifests;

namespace Homestack.Homes;

/// <summary>A wish that the engine load and plan a folder.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="Load">The caller's environment and profiles, not the engine's.</param>
public sealed record FolderWish(string Folder, LoadOptions Load)
{
    /// <remarks>By hand: a short process would wait longer for a serializer to be made ready than for its answer.</remarks>
    public byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("folder", Folder);
            writer.WriteStartArray("profiles");
            foreach (var profile in Load.Profiles)
            {
                writer.WriteStringValue(profile);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("environment");
            foreach (var (name, value) in Load.Environment)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no wish.</exception>
    public static FolderWish Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var folder = root.GetProperty("folder").GetString() ?? "";
            var profiles = root.GetProperty("profiles").EnumerateArray().Select(profile => profile.GetString() ?? "").ToValueList();
            var environment = root.GetProperty("environment").EnumerateObject().Select(variable => new KeyValuePair<string, string>(variable.Name, variable.Value.GetString() ?? "")).ToValueMap();
            return Path.IsPathRooted(folder) ? new(folder, new(environment, profiles)) : throw new InvalidDataException("The folder is not absolute.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }
}
