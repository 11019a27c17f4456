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

    /// <summary>Only what was given, so that what was left out is chosen where the text is read.</summary>
    internal static string WriteGiven(MultiEmbeddingOptions settings)
    {
        var given = JsonSerializer.SerializeToNode(settings, Json)!.AsObject();
        foreach (string name in settings.LeftOut) given.Remove(Json.PropertyNamingPolicy!.ConvertName(name));
        return given.ToJsonString(Json);
    }

    /// <exception cref="FormatException">The text holds no settings.</exception>
    internal static MultiEmbeddingOptions Read(string text) => ReadGiven(text) with { AreOfModel = true };

    /// <summary>Reads what <see cref="WriteGiven"/> wrote.</summary>
    /// <exception cref="FormatException">The text holds no settings.</exception>
    internal static MultiEmbeddingOptions ReadGiven(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<MultiEmbeddingOptions>(text, Json) ?? throw new JsonException("It is null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw DamagedEntry.Error("settings", e.Message);
        }
    }
}
