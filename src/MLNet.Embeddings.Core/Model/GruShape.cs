namespace MLNet.Embeddings;

/// <summary>One direction of one layer of a sequence column's GRU: what it reads, and its arrays.</summary>
/// <param name="Column">The column.</param>
/// <param name="Layer">Number of the layer, from 0.</param>
/// <param name="Reversed">True for the one that reads backward.</param>
/// <param name="Inputs">Length of the vectors that it reads.</param>
/// <param name="Units">Length of its states.</param>
internal sealed record GruShape(SequenceShape Column, int Layer, bool Reversed, int Inputs, int Units)
{
    // torch.nn.GRU's own names, so that whoever reads the file in Python can load them as they are.
    internal string InputWeights => Name("weight_ih");
    internal string HiddenWeights => Name("weight_hh");
    internal string InputBias => Name("bias_ih");
    internal string HiddenBias => Name("bias_hh");

    internal IEnumerable<(string Name, int[] Extents)> Weights() =>
        [(InputWeights, [3 * Units, Inputs]), (HiddenWeights, [3 * Units, Units]), (InputBias, [3 * Units]), (HiddenBias, [3 * Units])];

    private string Name(string array) => Column.WeightName($"gru.{array}_l{Layer}{(Reversed ? "_reverse" : "")}");
}
