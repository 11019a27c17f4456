using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>Why a fit ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>All epochs were trained.</summary>
    MaxEpochsReached,

    /// <summary>The validation loss had not improved for as many epochs as the patience allows.</summary>
    NoImprovement,

    /// <summary>The fit was cancelled; the model is the best of the epochs that were validated before.</summary>
    Cancelled,
}
