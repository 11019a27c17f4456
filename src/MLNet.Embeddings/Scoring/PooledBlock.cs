namespace MLNet.Embeddings;

/// <summary>Sequences of a block of rows that are encoded one by one, by several threads if there is enough to do.</summary>
internal sealed class PooledBlock : SequenceBlock
{
    /// <summary>Fewer numbers than these are not worth another thread.</summary>
    private const long NumbersPerThread = 65_536;

    private readonly SequencePass _pass;
    private readonly int _threads;
    private readonly Action<int, int, int> _encode;
    private ColumnVectors _vectors;

    internal PooledBlock(KeyReading.SequenceGetter sequence, SequencePass pass, int threads) : base(sequence)
    {
        (_pass, _threads) = (pass, threads);
        _encode = Encode;
    }

    internal override void Complete(int rows, ColumnVectors vectors)
    {
        _vectors = vectors;
        Parts.Run(_threads, rows, Parts.Least(rows, (long)Starts[rows] * _pass.Size, NumbersPerThread), _encode);
    }

    private void Encode(int part, int start, int end)
    {
        for (int row = start; row < end; row++) _pass.Encode(KeysOf(row), _vectors[row], scratch: []);
    }
}
