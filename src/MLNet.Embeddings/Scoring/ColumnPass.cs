using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>One column's part of the forward pass: makes a vector of the column's value. Any number of threads may use it at once.</summary>
/// <param name="size">Length of the vector.</param>
internal abstract class ColumnPass(int size)
{
    /// <summary>Length of the vector.</summary>
    internal int Size { get; } = size;

    /// <summary>Finds the column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or of another type than in training.</exception>
    internal abstract DataViewSchema.Column Find(DataViewSchema schema);

    /// <summary>The column's vectors for the rows of a cursor.</summary>
    internal abstract VectorGetter Over(DataViewRow row, DataViewSchema.Column column);

    /// <summary>The column's vectors for the rows of a cursor, block by block.</summary>
    /// <param name="row">The cursor.</param>
    /// <param name="column">The column of it.</param>
    /// <param name="threads">The most threads to compute on.</param>
    internal virtual ColumnBlock OverBlocks(DataViewRow row, DataViewSchema.Column column, int threads) => new VectorBlock(Over(row, column));

    internal static ColumnPass Of(ColumnShape column, TrainedNetwork network) => column switch
    {
        CategoryShape category => new CategoryPass(category, network),
        SequenceShape { Encoder: GruEncoder gru } sequence => new GruPass(sequence, gru, network),
        SequenceShape { Encoder: PoolingEncoder { Pooling: SequencePooling.Attention } } sequence => new AttentionPass(sequence, network),
        SequenceShape { Encoder: PoolingEncoder { Pooling: var pooling } } sequence => new PoolingPass(sequence, pooling, network),
        BagShape bag => new PoolingPass(bag, bag.SequencePooling, network),
        NumberShape number => new NumberPass(number, network),
        _ => throw new UnreachableException($"There is no forward pass for {column}."),
    };
}
