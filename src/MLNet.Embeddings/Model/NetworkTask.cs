using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>What a network predicts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NetworkTask>))]
internal enum NetworkTask
{
    /// <summary>One of two classes; the network's single output is the logit of the positive one.</summary>
    BinaryClassification,
}
