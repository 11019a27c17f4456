namespace MLNet.Embeddings;

/// <summary>Vectors that are so cheap that each is computed when its row is read.</summary>
internal sealed class VectorBlock(VectorGetter getter) : ColumnBlock
{
    internal override void Read(int index, Span<float> vector) => getter(vector);

    internal override void Complete(int rows, ColumnVectors vectors) { }
}
