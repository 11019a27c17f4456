using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>How the vectors of a sequence's terms become one vector.</summary>
/// <remarks>Made by <see cref="Gru"/>, <see cref="Mean"/> and <see cref="Max"/>; the set of kinds is closed. An empty sequence gives zeros.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GruEncoder), "gru")]
[JsonDerivedType(typeof(MeanEncoder), "mean")]
[JsonDerivedType(typeof(MaxEncoder), "max")]
public abstract record SequenceEncoder
{
    private protected SequenceEncoder() { }

    /// <summary>A gated recurrent unit that reads the terms in order; the vector is its last state. Order matters to it.</summary>
    /// <param name="units">Length of the state, from 1 to 4,096; default 64.</param>
    /// <remarks>Cho et al. 2014 (arXiv 1406.1078) in the form of cuDNN, torch and Keras (<c>reset_after</c>), with two biases.</remarks>
    public static SequenceEncoder Gru(int units = 64) => new GruEncoder(units);

    /// <summary>The mean of the terms' vectors: the fastest encoder, strong on topics (arXiv 1607.01759).</summary>
    public static SequenceEncoder Mean() => new MeanEncoder();

    /// <summary>The element-wise maximum of the terms' vectors: finds that a term occurs, wherever it stands.</summary>
    public static SequenceEncoder Max() => new MaxEncoder();

    /// <summary>Length of the encoded vector for terms of the given dimensions.</summary>
    internal abstract int OutputSize(int dimensions);

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal virtual IEnumerable<string> Faults(string column) => [];
}
