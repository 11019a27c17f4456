using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>Serializer of what a fitted encoder-decoder holds beside its arrays, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SequenceToSequenceShape))]
internal sealed partial class SequenceJson : JsonSerializerContext;
