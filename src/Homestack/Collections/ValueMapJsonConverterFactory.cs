using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Homestack.Collections;

/// <summary>Writes a <see cref="ValueMap{TValue}"/> as a JSON object with its keys in ordinal order.</summary>
public sealed class ValueMapJsonConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueMap<>);

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter?)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()));

    private sealed class Converter<TValue> : JsonConverter<ValueMap<TValue>>
    {
        public override ValueMap<TValue> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("An object was expected.");
            }

            var type = (JsonTypeInfo<TValue>)options.GetTypeInfo(typeof(TValue));
            var entries = new Dictionary<string, TValue>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString() ?? throw new JsonException("A key was expected.");
                reader.Read();
                if (!entries.TryAdd(key, JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("null stands in a map.")))
                {
                    throw new JsonException($"The key \"{key}\" stands twice.");
                }
            }

            return entries.ToValueMap();
        }

        public override void Write(Utf8JsonWriter writer, ValueMap<TValue> value, JsonSerializerOptions options)
        {
            var type = (JsonTypeInfo<TValue>)options.GetTypeInfo(typeof(TValue));
            writer.WriteStartObject();
            foreach (var (key, item) in value)
            {
                writer.WritePropertyName(key);
                JsonSerializer.Serialize(writer, item, type);
            }

            writer.WriteEndObject();
        }
    }
}
