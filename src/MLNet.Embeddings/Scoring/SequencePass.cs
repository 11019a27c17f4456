using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A sequence or a bag of keys, padding left out, as one vector; an empty one gives zeros.</summary>
internal abstract class SequencePass(EmbeddingShape shape) : ColumnPass(shape.OutputSize)
{
    internal override DataViewSchema.Column Find(DataViewSchema schema)
    {
        string role = shape is BagShape ? "bag" : "sequence";
        var column = schema.Find(role, shape.Name);
        InputType.Of(column).RequireKeys(role, shape.Name);
        return column;
    }

    /// <remarks>A single row is a block of one.</remarks>
    internal sealed override VectorGetter Over(DataViewRow row, DataViewSchema.Column column)
    {
        var block = OverBlocks(row, column, threads: 1);
        float[] memory = new float[Size];
        var vectors = new ColumnVectors(memory, 0, Size, Size);
        return vector =>
        {
            block.Read(0, vector);
            block.Complete(1, vectors);
            memory.CopyTo(vector);
        };
    }

    internal sealed override ColumnBlock OverBlocks(DataViewRow row, DataViewSchema.Column column, int threads) =>
        CreateBlock(KeyReading.Sequence(row, column, shape.KeyCount), threads);

    /// <summary>What encodes the sequences of a cursor block by block.</summary>
    private protected abstract SequenceBlock CreateBlock(KeyReading.SequenceGetter sequence, int threads);
}
