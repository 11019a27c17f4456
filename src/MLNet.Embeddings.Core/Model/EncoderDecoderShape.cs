using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>The form of a fitted encoder-decoder.</summary>
/// <remarks>
/// The GRU of the source reads its tokens; its last states start the GRU of the target, which reads the tokens that came before, the first time row 0 of its
/// table. What it gives at each step, with attention joined by the source's states, is read out into one number for each class: class 0 is the end, every
/// other one the term of that key.
/// </remarks>
/// <param name="Source">The encoder: its table and its GRU.</param>
/// <param name="Target">The decoder: its table and its GRU. Row 0 of the table is what is read first.</param>
/// <param name="Attends">Whether the decoder attends to the encoder's states.</param>
/// <param name="Ties">Whether the target's table is the output layer's weights as well.</param>
/// <param name="HasUnknown">Whether key 1 of the target stands for unknown terms, which are never given out.</param>
/// <param name="LongestTarget">Tokens of the longest target that was trained on.</param>
internal sealed record EncoderDecoderShape(SequenceShape Source, SequenceShape Target, bool Attends, bool Ties, bool HasUnknown, int LongestTarget)
{
    /// <summary>The most tokens of a target: a search that never ends would keep a row waiting for good.</summary>
    internal const int MostTokens = 100_000;

    /// <summary>Name of the attention's weights (encoded size × units): the score of a source's state s for a decoder's state h is s · W h.</summary>
    internal const string AttentionWeights = "attention.weight";

    /// <summary>Name of the weights (readout size × (encoded size + units)) of tanh(W [context; h]); without attention there is no context.</summary>
    internal const string ReadoutWeights = "readout.weight";

    /// <summary>Name of the output layer's weights (classes × readout size).</summary>
    internal const string OutputWeights = "output.weight";

    /// <summary>Name of the output layer's bias (classes).</summary>
    internal const string OutputBias = "output.bias";

    [JsonIgnore]
    internal GruEncoder Encoder => (GruEncoder)Source.Encoder;

    [JsonIgnore]
    internal GruEncoder Decoder => (GruEncoder)Target.Encoder;

    /// <summary>Length of an encoder's state, that of both directions together.</summary>
    [JsonIgnore]
    internal int EncodedSize => Encoder.StateSize;

    /// <summary>Length of a decoder's state.</summary>
    [JsonIgnore]
    internal int Units => Decoder.Units;

    /// <summary>Length of what the output layer reads.</summary>
    [JsonIgnore]
    internal int ReadoutSize => Ties ? Target.Dimensions : Units;

    /// <summary>Whether a layer stands between the decoder's states and the output layer.</summary>
    [JsonIgnore]
    internal bool HasReadout => Attends || ReadoutSize != Units;

    /// <summary>Whether a layer stands between the encoder's last states and the decoder's first: tanh(W s + b).</summary>
    [JsonIgnore]
    internal bool HasBridge => EncodedSize != Units;

    /// <summary>What is chosen from at each step: the end, and a term for each key.</summary>
    [JsonIgnore]
    internal int Classes => Target.KeyCount + 1;

    /// <summary>Name of the output layer's weights: the table's if they are tied.</summary>
    [JsonIgnore]
    internal string OutputLayer => Ties ? Target.Table : OutputWeights;

    /// <summary>Name of the weights (units × encoded size) that bring the last states of a layer to the decoder's length.</summary>
    internal static string BridgeWeights(int layer) => $"bridge.{layer}.weight";

    /// <summary>Name of the bias (units) that goes with <see cref="BridgeWeights"/>.</summary>
    internal static string BridgeBias(int layer) => $"bridge.{layer}.bias";

    /// <summary>Every array of a network of this form: name and extents.</summary>
    internal IEnumerable<(string Name, int[] Extents)> Weights()
    {
        foreach (var weight in Source.Weights().Concat(Target.Weights())) yield return weight;
        for (int layer = 0; HasBridge && layer < Encoder.Layers; layer++)
        {
            yield return (BridgeWeights(layer), [Units, EncodedSize]);
            yield return (BridgeBias(layer), [Units]);
        }
        if (Attends) yield return (AttentionWeights, [EncodedSize, Units]);
        if (HasReadout) yield return (ReadoutWeights, [ReadoutSize, (Attends ? EncodedSize : 0) + Units]);
        if (!Ties) yield return (OutputWeights, [Classes, ReadoutSize]);
        yield return (OutputBias, [Classes]);
    }

    /// <summary>Refuses a network of which an array would have more numbers than can be in one; to be asked before anything of its size is made.</summary>
    /// <exception cref="InvalidOperationException">An array would have more.</exception>
    internal void RequireSizes()
    {
        Source.RequireSize();
        Target.RequireSize();
        WeightArray.RequireSizes(Weights(), [Source.Table, Target.Table], "Give the network fewer Units, or the target fewer terms (MaxTerms).");
    }

    /// <summary>What cannot be in such a form, a sentence each; a file that was made by hand may hold anything.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Source.Encoder is not GruEncoder || Target.Encoder is not GruEncoder { Bidirectional: false })
            return ["Its source or its target has no GRU, or the target one that reads backward."];
        var faults = Source.Faults().Concat(Target.Faults());
        if (Source.Name == Target.Name) faults = faults.Append("Source and target have the same name.");
        if (Encoder.Layers != Decoder.Layers) faults = faults.Append("Source and target have not as many layers.");
        if (LongestTarget is < 1 or > MostTokens)
            faults = faults.Append($"Its longest target would have {LongestTarget} tokens; it has from 1 to {MostTokens}.");
        return faults;
    }
}
