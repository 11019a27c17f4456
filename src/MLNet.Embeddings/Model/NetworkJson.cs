using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>Serializer of a network's form, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NetworkShape))]
internal sealed partial class NetworkJson : JsonSerializerContext;
