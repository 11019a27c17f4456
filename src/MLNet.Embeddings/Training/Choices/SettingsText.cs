using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MLNet.Embeddings;

/// <summary>Settings as a text, in which they stand in the history of a model.</summary>
internal static class SettingsText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
        // Named, as reflection is not the default where an application is trimmed.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    internal static string Write(MultiEmbeddingOptions settings) => JsonSerializer.Serialize(settings, Json);

    /// <exception cref="FormatException">The text holds no settings.</exception>
    internal static MultiEmbeddingOptions Read(string text)
    {
        try
        {
            var settings = JsonSerializer.Deserialize<MultiEmbeddingOptions>(text, Json) ?? throw new JsonException("It is null.");
            return settings with { AreOfModel = true };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw DamagedEntry.Error("settings", e.Message);
        }
    }
}
