using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>Serializer of a network's form and history, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SavedNetwork))]
internal sealed partial class NetworkJson : JsonSerializerContext;
