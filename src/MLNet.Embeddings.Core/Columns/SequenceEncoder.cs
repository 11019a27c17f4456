using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>How the vectors of a sequence's terms become one vector.</summary>
/// <remarks>Made by <see cref="Gru"/>, <see cref="Mean"/>, <see cref="Sum"/>, <see cref="Max"/> and <see cref="Attention"/>; the set of kinds is closed. An empty sequence gives zeros.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GruEncoder), "gru")]
[JsonDerivedType(typeof(PoolingEncoder), "pooling")]
public abstract record SequenceEncoder
{
    private protected SequenceEncoder() { }

    /// <summary>Gated recurrent units that read the terms in order, so that order matters to them.</summary>
    /// <param name="units">Length of a state, from 1 to 4,096; default 64. Reading in both directions, the vector is twice as long.</param>
    /// <param name="layers">How many layers lie upon each other, from 1 to 16; default 1. Each above the first reads the states of the one below.</param>
    /// <param name="bidirectional">Whether each layer reads backward as well, with weights of its own; default false.</param>
    /// <param name="dropout">
    /// Share of the states between two layers that is zeroed at random in training, from 0 to below 1; default 0. Without effect on a single layer; the
    /// vector that comes out has the network's own dropout, <c>RegularizationOptions.Dropout</c>.
    /// </param>
    /// <param name="readout">What of the last layer's states becomes the vector; default the last state.</param>
    /// <remarks>
    /// Cho et al. 2014 (arXiv 1406.1078) in the form of cuDNN, torch and Keras (<c>reset_after</c>), with two biases; layers, directions and dropout are those of
    /// <c>torch.nn.GRU</c>, and so are the names of the weights in a model file. Both directions: Schuster and Paliwal 1997 (IEEE Trans. Signal Process. 45).
    /// </remarks>
    public static SequenceEncoder Gru(
        int units = 64, int layers = 1, bool bidirectional = false, double dropout = 0, GruReadout readout = GruReadout.Last) =>
        new GruEncoder(units, layers, bidirectional, dropout, readout);

    /// <summary>The mean of the terms' vectors: the fastest encoder, strong on topics (arXiv 1607.01759).</summary>
    public static SequenceEncoder Mean() => new PoolingEncoder(SequencePooling.Mean);

    /// <summary>The sum of the terms' vectors: as the mean, but longer sequences weigh more, so that it can count.</summary>
    public static SequenceEncoder Sum() => new PoolingEncoder(SequencePooling.Sum);

    /// <summary>The element-wise maximum of the terms' vectors: finds that a term occurs, wherever it stands.</summary>
    public static SequenceEncoder Max() => new PoolingEncoder(SequencePooling.Max);

    /// <summary>A mean of the terms' vectors in which each weighs by how much it matters: what matters is learned.</summary>
    /// <remarks>
    /// Effectively computes Σ aᵢ eᵢ with a = softmax(s) and sᵢ = q · tanh(W eᵢ + b) for the vectors eᵢ, where W is a square matrix and q the learned query: Yang et
    /// al. 2016, Hierarchical Attention Networks for Document Classification (NAACL), equations 5 to 7.
    /// </remarks>
    public static SequenceEncoder Attention() => new PoolingEncoder(SequencePooling.Attention);

    /// <summary>Length of the encoded vector for terms of the given dimensions.</summary>
    internal abstract int OutputSize(int dimensions);

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal virtual IEnumerable<string> Faults(string column) => [];
}
