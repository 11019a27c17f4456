using System.Text.Json;

namespace MLNet.Embeddings.Robustness;

/// <summary>Writes JSON with one of its values altered, left out or there twice.</summary>
/// <param name="random">The generator.</param>
internal sealed class JsonMutation(Random random)
{
    private static readonly string[] Numbers =
    [
        "-1", "0", "1", "2", "3", "7", "255", "65536", "65537", "16777217", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "1e308", "0.5",
        "1e-320",
    ];

    private static readonly string[] Others = ["null", "true", "\"\"", "\"x\"", "\"\\u0000\"", "[]", "{}", "[null]", "[[1]]", "{\"kind\":\"gru\"}", "\"NaN\""];

    private int _left;

    /// <returns>The bytes as they are if they are no JSON.</returns>
    internal byte[] Apply(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            _left = random.Next(Count(document.RootElement));
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true })) Write(writer, document.RootElement, name: null);
            return buffer.ToArray();
        }
        // No JSON, or a text in it is no UTF-8.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return json;
        }
    }

    private static int Count(JsonElement value) => 1 + value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(property => Count(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().Sum(Count),
        _ => 0,
    };

    private void Write(Utf8JsonWriter writer, JsonElement value, string? name)
    {
        if (_left-- == 0)
        {
            // Left out, there twice, or another value.
            int way = random.Next(6);
            if (way == 0 && name is not null) return;
            if (way == 1) WriteSame(writer, value, name);
            if (way < 2) WriteSame(writer, value, name);
            else WriteOther(writer, value, name);
            return;
        }
        WriteSame(writer, value, name);
    }

    private void WriteSame(Utf8JsonWriter writer, JsonElement value, string? name)
    {
        if (name is not null) writer.WritePropertyName(name);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject()) Write(writer, property.Value, property.Name);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(writer, item, null);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private void WriteOther(Utf8JsonWriter writer, JsonElement value, string? name)
    {
        if (name is not null) writer.WritePropertyName(name);
        bool isNumber = value.ValueKind == JsonValueKind.Number && random.Chance(0.8);
        writer.WriteRawValue(isNumber ? random.Of<string>(Numbers) : random.Of<string>(Others), skipInputValidation: true);
    }
}
