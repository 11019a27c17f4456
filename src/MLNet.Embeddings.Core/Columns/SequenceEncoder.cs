using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>How the vectors of a sequence's terms become one vector.</summary>
/// <remarks>
/// Made by <see cref="Gru"/>, <see cref="Lstm"/>, <see cref="Convolution"/>, <see cref="Mean"/>, <see cref="Sum"/>, <see cref="Max"/> and
/// <see cref="Attention"/>; the set of kinds is closed. An empty sequence gives zeros.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GruEncoder), "gru")]
[JsonDerivedType(typeof(LstmEncoder), "lstm")]
[JsonDerivedType(typeof(ConvolutionEncoder), "convolution")]
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
    /// Cho et al. 2014 (arXiv 1406.1078) in the form of cuDNN, torch and Keras (<c>reset_after</c>), with two biases; layers, directions and dropout are those
    /// of <c>torch.nn.GRU</c>, and so are the names of the weights in a model file. Both directions: Schuster and Paliwal 1997 (IEEE Trans. Signal Process.
    /// 45).
    /// </remarks>
    public static SequenceEncoder Gru(
        int units = 64, int layers = 1, bool bidirectional = false, double dropout = 0, GruReadout readout = GruReadout.Last) =>
        new GruEncoder(units, layers, bidirectional, dropout, readout);

    /// <summary>Long short-term memories that read the terms in order: a cell state beside the state keeps what is said over long sequences.</summary>
    /// <param name="units">Length of a state, from 1 to 4,096; default 64. Reading in both directions, the vector is twice as long.</param>
    /// <param name="layers">How many layers lie upon each other, from 1 to 16; default 1. Each above the first reads the states of the one below.</param>
    /// <param name="bidirectional">Whether each layer reads backward as well, with weights of its own; default false.</param>
    /// <param name="dropout">
    /// Share of the states between two layers that is zeroed at random in training, from 0 to below 1; default 0. Without effect on a single layer; the
    /// vector that comes out has the network's own dropout, <c>RegularizationOptions.Dropout</c>.
    /// </param>
    /// <param name="readout">What of the last layer's states becomes the vector; default the last state.</param>
    /// <remarks>
    /// Hochreiter and Schmidhuber 1997 (Neural Computation 9), with the forget gate of Gers, Schmidhuber and Cummins 2000 (Neural Computation 12), whose bias
    /// begins at 1 so that the cell state is kept at first. The equations, two biases, layers, directions and dropout are those of <c>torch.nn.LSTM</c>, and so
    /// are the names of the weights in a model file. A step has four gates where that of <see cref="Gru"/> has three, and costs accordingly.
    /// </remarks>
    public static SequenceEncoder Lstm(
        int units = 64, int layers = 1, bool bidirectional = false, double dropout = 0, GruReadout readout = GruReadout.Last) =>
        new LstmEncoder(units, layers, bidirectional, dropout, readout);

    /// <summary>Filters that each look for a phrase of a few neighbouring terms, wherever it is: faster than <see cref="Gru"/>, strong on phrases.</summary>
    /// <param name="widths">How many neighbouring terms the filters see: 1 to 8 different numbers from 1 to 16; default 3, 4 and 5.</param>
    /// <param name="filters">How many filters there are of each width, from 1 to 4,096; default 100. The vector has a number for each of all filters.</param>
    /// <remarks>
    /// Kim 2014 (arXiv 1408.5882), which the defaults are from too: a convolution over the terms' vectors, relu, and of each filter the maximum over time. A
    /// sequence that is shorter than a width is padded with zeros at its end.
    /// </remarks>
    public static SequenceEncoder Convolution(IReadOnlyList<int>? widths = null, int filters = 100) =>
        new ConvolutionEncoder(widths ?? [3, 4, 5], filters);

    /// <summary>The mean of the terms' vectors: the fastest encoder, strong on topics (arXiv 1607.01759).</summary>
    public static SequenceEncoder Mean() => new PoolingEncoder(SequencePooling.Mean);

    /// <summary>The sum of the terms' vectors: as the mean, but longer sequences weigh more, so that it can count.</summary>
    public static SequenceEncoder Sum() => new PoolingEncoder(SequencePooling.Sum);

    /// <summary>The element-wise maximum of the terms' vectors: finds that a term occurs, wherever it stands.</summary>
    public static SequenceEncoder Max() => new PoolingEncoder(SequencePooling.Max);

    /// <summary>A mean of the terms' vectors in which each weighs by how much it matters: what matters is learned.</summary>
    /// <remarks>
    /// Effectively computes Σ aᵢ eᵢ with a = softmax(s) and sᵢ = q · tanh(W eᵢ + b) for the vectors eᵢ, where W is a square matrix and q the learned query:
    /// Yang et al. 2016, Hierarchical Attention Networks for Document Classification (NAACL), equations 5 to 7.
    /// </remarks>
    public static SequenceEncoder Attention() => new PoolingEncoder(SequencePooling.Attention);

    /// <summary>Length of the encoded vector for terms of the given dimensions.</summary>
    internal abstract int OutputSize(int dimensions);

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal virtual IEnumerable<string> Faults(string column) => [];
}

/// <summary>Layers of a recurrent network; those above the first read the states of the one below.</summary>
internal abstract record RecurrentEncoder(int Units, int Layers, bool Bidirectional, double Dropout, GruReadout Readout) : SequenceEncoder
{
    /// <summary>What its units are called.</summary>
    internal abstract string Kind { get; }

    /// <summary>Length of a layer's states, those of both directions concatenated.</summary>
    internal int StateSize => Bidirectional ? 2 * Units : Units;

    /// <summary>How the states of the last layer are pooled; null to take the last ones.</summary>
    internal SequencePooling? Pooling => Readout switch
    {
        GruReadout.Mean => SequencePooling.Mean,
        GruReadout.Max => SequencePooling.Max,
        GruReadout.Attention => SequencePooling.Attention,
        _ => null,
    };

    internal override int OutputSize(int dimensions) => StateSize;

    internal override IEnumerable<string> Faults(string column)
    {
        if (Units is < 1 or > 4096) yield return $"The units of the {Kind} of column '{column}' must be from 1 to 4096; they were {Units}.";
        if (Layers is < 1 or > 16) yield return $"The layers of the {Kind} of column '{column}' must be from 1 to 16; they were {Layers}.";
        foreach (string fault in NumberRange.ZeroToBelowOne.Faults($"The dropout of the {Kind} of column '{column}'", Dropout)) yield return fault;
        foreach (string fault in EnumValues.Faults($"The readout of the {Kind} of column '{column}'", Readout)) yield return fault;
    }
}

/// <summary>Layers of gated recurrent units.</summary>
internal sealed record GruEncoder(int Units, int Layers, bool Bidirectional, double Dropout, GruReadout Readout)
    : RecurrentEncoder(Units, Layers, Bidirectional, Dropout, Readout)
{
    internal override string Kind => "GRU";
}

/// <summary>Layers of long short-term memories.</summary>
internal sealed record LstmEncoder(int Units, int Layers, bool Bidirectional, double Dropout, GruReadout Readout)
    : RecurrentEncoder(Units, Layers, Bidirectional, Dropout, Readout)
{
    internal override string Kind => "LSTM";
}

/// <summary>What of the states of a GRU or an LSTM becomes a sequence's vector.</summary>
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

/// <summary>Convolutions of several widths, and of each filter the maximum over time.</summary>
internal sealed record ConvolutionEncoder(IReadOnlyList<int> Widths, int Filters) : SequenceEncoder
{
    /// <summary>The most widths, and the largest.</summary>
    private const int MaxWidths = 8, MaxWidth = 16;

    [JsonPropertyOrder(-1)]
    public IReadOnlyList<int> Widths { get; } = ValueList.Of(Widths);

    internal override int OutputSize(int dimensions) => Widths.Count * Filters;

    internal override IEnumerable<string> Faults(string column)
    {
        if (Widths.Count is < 1 or > MaxWidths)
            yield return $"The convolution of column '{column}' must have from 1 to {MaxWidths} widths; it had {Widths.Count}.";
        foreach (int width in Widths.Where(width => width is < 1 or > MaxWidth).Distinct())
            yield return $"The widths of the convolution of column '{column}' must be from 1 to {MaxWidth}; one was {width}.";
        foreach (var same in Widths.GroupBy(width => width).Where(same => same.Count() > 1))
            yield return $"The widths of the convolution of column '{column}' must be different; {same.Key} was there {same.Count()} times.";
        if (Filters is < 1 or > 4096) yield return $"The filters of the convolution of column '{column}' must be from 1 to 4096; they were {Filters}.";
    }
}

/// <summary>The terms' vectors pooled without regard to their order.</summary>
internal sealed record PoolingEncoder(SequencePooling Pooling) : SequenceEncoder
{
    internal override int OutputSize(int dimensions) => dimensions;

    internal override IEnumerable<string> Faults(string column)
    {
        foreach (string fault in EnumValues.Faults($"The pooling of column '{column}'", Pooling)) yield return fault;
    }
}

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
