using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A bag column of a network without torch: sums or means of rows of its table, zeros for empty bags.</summary>
internal sealed class ManagedBag(BagShape shape, ManagedTable table) : IManagedColumn
{
    public void Gather(int part, ColumnBatch batch, int start, int end, Span<float> target, int stride)
    {
        var bags = (SequenceBatch)batch;
        int token = FirstToken(bags, start);
        for (int row = start; row < end; row++)
        {
            var vector = target.Slice((row - start) * stride, table.Dimensions);
            vector.Clear();
            for (int behind = token + bags.Lengths[row]; token < behind; token++)
                TensorPrimitives.MultiplyAdd(table.VectorOf(bags.Terms[bags.TermOfToken[token]]), Weight(bags.Lengths[row]), vector, vector);
        }
    }

    public void Scatter(int part, ColumnBatch batch, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] dense)
    {
        if (!table.IsTrained) return;
        var bags = (SequenceBatch)batch;
        int token = FirstToken(bags, start);
        var sums = table.SumsOf(part);
        for (int row = start; row < end; row++)
        {
            var gradient = gradients.Slice((row - start) * stride, table.Dimensions);
            for (int behind = token + bags.Lengths[row]; token < behind; token++)
            {
                var sum = sums.Slice(bags.TermOfToken[token] * table.Dimensions, table.Dimensions);
                TensorPrimitives.MultiplyAdd(gradient, Weight(bags.Lengths[row]), sum, sum);
            }
        }
    }

    public IEnumerable<LearnedArray> Arrays() => [];

    private float Weight(int length) => shape.Pooling == BagPooling.Mean ? 1f / length : 1;

    private static int FirstToken(SequenceBatch bags, int row)
    {
        int token = 0;
        foreach (int length in bags.Lengths.AsSpan(0, row)) token += length;
        return token;
    }
}
