using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>Serializer of vocabularies and of the settings that fitted indexing steps need, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(TokenIndexingShape))]
[JsonSerializable(typeof(CategoryIndexingShape))]
internal sealed partial class IndexingJson : JsonSerializerContext;
