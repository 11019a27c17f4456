using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>Serializer of the shape entry, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ShapeDocument))]
internal sealed partial class ShapeJson : JsonSerializerContext;
