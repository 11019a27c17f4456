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

    internal override VectorGetter Over(DataViewRow row, DataViewSchema.Column column)
    {
        var sequence = KeyReading.Sequence(row, column, shape.KeyCount);
        float[] scratch = new float[ScratchSize];
        return vector =>
        {
            var keys = sequence();
            if (keys.IsEmpty) vector.Clear();
            else Encode(keys, vector, scratch);
        };
    }

    /// <summary>Writes the vector of a sequence.</summary>
    /// <param name="keys">At least one key, each from 1 to the table's last.</param>
    /// <param name="vector">Overwritten wholly.</param>
    /// <param name="scratch">Memory of <see cref="ScratchSize"/> floats to work in.</param>
    private protected abstract void Encode(ReadOnlySpan<int> keys, Span<float> vector, Span<float> scratch);
}
