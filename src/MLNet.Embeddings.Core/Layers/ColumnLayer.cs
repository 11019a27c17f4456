using System.Diagnostics;
using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Makes one column's part of a batch into a vector per row, and hands the gradients of these vectors on.</summary>
/// <remarks>
/// What is done for all rows together, on all threads, is <see cref="Forward"/> and <see cref="Backward"/>; between them threads <see cref="Write"/> the
/// vectors of rows of their own and <see cref="Take"/> their gradients. A layer keeps what backward needs, so one forward may be in flight.
/// </remarks>
/// <param name="size">Length of a vector.</param>
internal abstract class ColumnLayer(int size)
{
    /// <summary>Length of a vector.</summary>
    internal int Size => size;

    /// <summary>The layer of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="context">What the layers of a network share.</param>
    internal static ColumnLayer Of(ColumnShape column, LayerContext context) => column switch
    {
        CategoryShape category => new CategoryLayer(context.TableOf(category)),
        BagShape bag => new BagLayer(context.TableOf(bag), bag.Pooling),
        SequenceShape sequence => new SequenceLayer(sequence, context),
        NumberShape { Encoder: PiecewiseLinearEncoder encoder } number => new PiecewiseLinearLayer(number, encoder, context),
        NumberShape { Encoder: PeriodicEncoder encoder } number => new PeriodicLayer(number, encoder, context),
        NumberShape number => new NumberLayer(number),
        _ => throw new UnreachableException($"{column}"),
    };

    /// <summary>Lays the weights out as they are now.</summary>
    /// <param name="backward">Whether for the backward pass as well.</param>
    internal virtual void Pack(bool backward) { }

    /// <summary>Computes what is computed for all rows of a batch together.</summary>
    internal virtual void Forward(ColumnBatch batch, Pass pass) { }

    /// <summary>Writes the vectors of some rows.</summary>
    /// <param name="batch">The column's part of the batch.</param>
    /// <param name="part">Number of the thread's part of the batch.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">Behind the last row.</param>
    /// <param name="target">Rows × stride; the vectors go to the beginning of each row.</param>
    /// <param name="stride">From a row to the next.</param>
    internal abstract void Write(ColumnBatch batch, int part, int start, int end, Span<float> target, int stride);

    /// <summary>Takes the gradients of the vectors that <see cref="Write"/> wrote last for the part.</summary>
    /// <param name="batch">The column's part of the batch.</param>
    /// <param name="part">Number of the thread's part of the batch.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">Behind the last row.</param>
    /// <param name="gradients">Rows × stride, as <see cref="Write"/> wrote.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="sums">What gradients of dense parameters are added to, of the form of their block.</param>
    internal virtual void Take(ColumnBatch batch, int part, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] sums) { }

    /// <summary>Computes the gradients that are computed for all rows of a batch together.</summary>
    /// <param name="batch">The column's part of the batch.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="sums">What gradients of dense parameters are added to, of the form of their block.</param>
    internal virtual void Backward(ColumnBatch batch, Pass pass, float[] sums) { }
}

/// <summary>Rows of a table, looked up by the keys of a category. Row 0, the missing value, is trained like the others.</summary>
internal sealed class CategoryLayer(EmbeddingTable table) : ColumnLayer(table.Dimensions)
{
    internal override void Write(ColumnBatch batch, int part, int start, int end, Span<float> target, int stride)
    {
        var categories = (CategoryBatch)batch;
        for (int row = start; row < end; row++) table.Row(categories.KeyOf(row)).CopyTo(target[((row - start) * stride)..]);
    }

    internal override void Take(ColumnBatch batch, int part, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] sums)
    {
        if (!table.IsTrained) return;
        int[] termOfRow = ((CategoryBatch)batch).TermOfRow;
        var tableSums = table.SumsOf(part);
        for (int row = start; row < end; row++)
        {
            var sum = tableSums.Slice(termOfRow[row] * Size, Size);
            TensorPrimitives.Add(sum, gradients.Slice((row - start) * stride, Size), sum);
        }
    }
}

/// <summary>Sums or means of rows of a table, zeros for empty bags.</summary>
internal sealed class BagLayer(EmbeddingTable table, BagPooling pooling) : ColumnLayer(table.Dimensions)
{
    private int[] _starts = [];

    internal override void Forward(ColumnBatch batch, Pass pass)
    {
        var bags = (SequenceBatch)batch;
        if (_starts.Length <= bags.RowCount) _starts = new int[bags.RowCount + bags.RowCount / 4 + 1];
        for (int row = 0; row < bags.RowCount; row++) _starts[row + 1] = _starts[row] + bags.Lengths[row];
    }

    internal override void Write(ColumnBatch batch, int part, int start, int end, Span<float> target, int stride)
    {
        var bags = (SequenceBatch)batch;
        for (int row = start; row < end; row++)
        {
            var vector = target.Slice((row - start) * stride, Size);
            vector.Clear();
            float weight = Weight(bags.Lengths[row]);
            foreach (int term in TermsOf(bags, row)) TensorPrimitives.MultiplyAdd(table.Row(bags.IsByKey ? term : bags.Terms[term]), weight, vector, vector);
        }
    }

    internal override void Take(ColumnBatch batch, int part, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] sums)
    {
        if (!table.IsTrained) return;
        var bags = (SequenceBatch)batch;
        var tableSums = table.SumsOf(part);
        for (int row = start; row < end; row++)
        {
            var gradient = gradients.Slice((row - start) * stride, Size);
            float weight = Weight(bags.Lengths[row]);
            foreach (int term in TermsOf(bags, row))
            {
                var sum = tableSums.Slice(term * Size, Size);
                TensorPrimitives.MultiplyAdd(gradient, weight, sum, sum);
            }
        }
    }

    private ReadOnlySpan<int> TermsOf(SequenceBatch bags, int row) => bags.TermOfToken.AsSpan(_starts[row], bags.Lengths[row]);

    private float Weight(int length) => pooling == BagPooling.Mean ? 1f / length : 1;
}
