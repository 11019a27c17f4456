using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A sequence of keys, padding left out, as one vector; an empty one gives zeros.</summary>
internal abstract class SequencePass(SequenceShape shape) : ColumnPass(shape.OutputSize)
{
    /// <summary>Number of floats that encoding a sequence works in.</summary>
    private protected virtual int ScratchSize => 0;

    internal override DataViewSchema.Column Find(DataViewSchema schema)
    {
        var column = schema.Find("sequence", shape.Name);
        InputType.Of(column).RequireSequence(shape.Name);
        return column;
    }

    internal sealed override VectorGetter Over(DataViewRow row, DataViewSchema.Column column)
    {
        var sequence = KeyReading.Sequence(row, column, shape.KeyCount);
        float[] scratch = new float[ScratchSize];
        return vector => Encode(sequence(), vector, scratch);
    }

    internal sealed override ColumnBlock OverBlocks(DataViewRow row, DataViewSchema.Column column, int threads) =>
        CreateBlock(KeyReading.Sequence(row, column, shape.KeyCount), threads);

    /// <summary>Writes the vector of a sequence.</summary>
    /// <param name="keys">The keys, each from 1 to the table's last.</param>
    /// <param name="vector">Overwritten wholly.</param>
    /// <param name="scratch">Memory of <see cref="ScratchSize"/> floats to work in.</param>
    internal void Encode(ReadOnlySpan<int> keys, Span<float> vector, Span<float> scratch)
    {
        if (keys.IsEmpty) vector.Clear();
        else EncodeTerms(keys, vector, scratch);
    }

    /// <summary>What encodes the sequences of a cursor block by block.</summary>
    private protected virtual SequenceBlock CreateBlock(KeyReading.SequenceGetter sequence, int threads) => new PooledBlock(sequence, this, threads);

    /// <summary>Writes the vector of a sequence that is not empty; parameters as those of <see cref="Encode"/>.</summary>
    private protected abstract void EncodeTerms(ReadOnlySpan<int> keys, Span<float> vector, Span<float> scratch);
}
