using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The mean of the terms' vectors; zeros for an empty sequence.</summary>
internal sealed class MeanModule(SequenceShape shape, LearningSettings settings) : SequenceModule(shape, settings)
{
    internal override bool Pads => false;

    protected override torch.Tensor Encode(SequenceBatch batch, torch.Tensor terms)
    {
        int rows = batch.Lengths.Length;
        int[] rowOfToken = [.. batch.Lengths.SelectMany((length, row) => Enumerable.Repeat(row, length))];
        float[] lengths = Array.ConvertAll(batch.Lengths, length => (float)Math.Max(length, 1));

        var tokens = terms.index_select(0, TensorMemory.Indices(batch.TermOfToken, batch.TermOfToken.Length)); // tokens × dimensions
        var sums = torch.zeros(rows, terms.shape[1]).index_add(0, TensorMemory.Indices(rowOfToken, rowOfToken.Length), tokens, 1);
        return sums / TensorMemory.Of(lengths, rows, 1);
    }
}
