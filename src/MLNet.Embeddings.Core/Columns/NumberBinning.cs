using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>Where the edges of a number's bins lie.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NumberBinning>))]
public enum NumberBinning
{
    /// <summary>Where each bin holds as many training rows.</summary>
    Quantiles,

    /// <summary>Where a decision tree that sees this number alone splits the training rows to predict the label.</summary>
    Label,
}
