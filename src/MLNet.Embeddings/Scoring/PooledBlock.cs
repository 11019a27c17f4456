namespace MLNet.Embeddings;

/// <summary>Sequences of a block of rows that are encoded one by one, by several threads if there is enough to do.</summary>
internal abstract class PooledBlock : SequenceBlock
{
    /// <summary>Fewer numbers than these are not worth another thread.</summary>
    private const long NumbersPerThread = 65_536;

    private readonly int _width, _threads;
    private readonly Action<int, int, int> _encode;
    private ColumnVectors _vectors;

    private protected PooledBlock(KeyReading.SequenceGetter sequence, int width, int threads) : base(sequence)
    {
        (_width, _threads) = (width, threads);
        _encode = Encode;
    }

    internal sealed override void Complete(int rows, ColumnVectors vectors)
    {
        _vectors = vectors;
        Prepare(rows, _threads);
        Parts.Run(_threads, rows, Parts.Least(rows, (long)Starts[rows] * _width, NumbersPerThread), _encode);
    }

    /// <summary>Computes what is better computed for all rows together.</summary>
    private protected virtual void Prepare(int rows, int threads) { }

    /// <summary>Writes the vector of a row that has tokens.</summary>
    private protected abstract void Encode(int row, Span<float> vector);

    private void Encode(int part, int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            if (KeysOf(row).IsEmpty) _vectors[row].Clear();
            else Encode(row, _vectors[row]);
        }
    }
}
