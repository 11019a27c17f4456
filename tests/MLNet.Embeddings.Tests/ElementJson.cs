using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Embeddings.Tests;

/// <summary>Serializer with which tests write any shape they like.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ElementJson : JsonSerializerContext;
