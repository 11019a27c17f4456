using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>What hidden layers do with each value.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActivationFunction>))]
public enum ActivationFunction
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x / (1 + e⁻ˣ), also called swish. Elfwing et al. 2017 (arXiv 1702.03118).</summary>
    Silu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,
}
