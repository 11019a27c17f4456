using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>What of a gated recurrent unit's states becomes a sequence's vector.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GruReadout>))]
public enum GruReadout
{
    /// <summary>The last state: the one after all terms. Reading in both directions, that of each.</summary>
    Last,

    /// <summary>The mean of the states after each term: what is said anywhere counts as much as what is said last.</summary>
    Mean,

    /// <summary>The element-wise maximum of the states after each term: finds that something is said, wherever it stands.</summary>
    Max,

    /// <summary>A mean of the states after each term, weighted by learned attention as that of <see cref="SequenceEncoder.Attention"/>.</summary>
    Attention,
}
