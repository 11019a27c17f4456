using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>How hidden layers bring their values to mean 0 and deviation 1, before the activation; a trained scale and shift follow.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Normalization>))]
public enum Normalization
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>Over the values of a row. Ba et al. 2016 (arXiv 1607.06450).</summary>
    Layer,

    /// <summary>Over the rows of a batch in training, over those of training in scoring. Ioffe and Szegedy 2015 (arXiv 1502.03167).</summary>
    Batch,
}
