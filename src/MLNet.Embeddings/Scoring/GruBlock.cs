namespace MLNet.Embeddings;

/// <summary>The last states of a GRU for a block of rows. Rows are dealt out to threads; each thread's take their steps together.</summary>
internal sealed unsafe class GruBlock : SequenceBlock
{
    private readonly TermProjections _projections;
    private readonly PackedMatrix _weights;
    private readonly float[] _bias;
    private readonly int _threads;
    private readonly DealtRows _dealt;
    private readonly GruSteps[] _steps;
    private readonly Action<int, int, int> _run;
    private ColumnVectors _vectors;

    /// <param name="sequence">The sequences.</param>
    /// <param name="projections">What terms give to the gates.</param>
    /// <param name="weights">W_hh, (3 · units, units).</param>
    /// <param name="bias">b_hh, (3 · units).</param>
    /// <param name="threads">The most threads to compute on.</param>
    internal GruBlock(KeyReading.SequenceGetter sequence, TermProjections projections, PackedMatrix weights, float[] bias, int threads) : base(sequence)
    {
        (_projections, _weights, _bias, _threads) = (projections, weights, bias, threads);
        _dealt = new DealtRows(threads);
        _steps = [.. Enumerable.Range(0, threads).Select(_ => new GruSteps(weights.Inputs))];
        _run = Run;
    }

    internal override void Complete(int rows, ColumnVectors vectors)
    {
        _vectors = vectors;
        _projections.Require(Keys[..Starts[rows]], _threads);
        _dealt.Deal(Lengths(rows));
        Parts.Run(_dealt.Parts, _dealt.Parts, 1, _run);
    }

    private void Run(int part, int start, int end)
    {
        int units = _weights.Inputs;
        fixed (int* keys = Keys, starts = Starts)
        {
            float* states = _steps[part].Run(_dealt, part, _weights, _bias, new GruTokens(_projections.Start, keys, starts, units));
            foreach (int row in _dealt.RowsOf(part))
            {
                new ReadOnlySpan<float>(states, units).CopyTo(_vectors[row]);
                states += units;
            }
        }
        GC.KeepAlive(this);
    }
}
