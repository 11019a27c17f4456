using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>How vectors of any number become one without regard to their order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SequencePooling>))]
internal enum SequencePooling
{
    /// <summary>The mean of the vectors.</summary>
    Mean,

    /// <summary>The sum of the vectors.</summary>
    Sum,

    /// <summary>The element-wise maximum of the vectors.</summary>
    Max,

    /// <summary>The mean of the vectors, weighted by attention.</summary>
    Attention,
}
