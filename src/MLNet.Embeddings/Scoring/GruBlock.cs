namespace MLNet.Embeddings;

/// <summary>A GRU over a block of rows. Rows are dealt out to threads; each thread's take their steps together.</summary>
internal sealed class GruBlock : SequenceBlock
{
    /// <summary>Tokens of the rows that go through several layers together, so that their states stay in the cache.</summary>
    private const int TokensPerPart = 4_096;

    private readonly GruPass _pass;
    private readonly int _threads;
    private readonly DealtRows _dealt;
    private readonly GruReader[] _readers;
    private readonly Action<int, int, int> _run;
    private ColumnVectors _vectors;

    internal GruBlock(GruPass pass, KeyReading.SequenceGetter sequence, int threads) : base(sequence)
    {
        (_pass, _threads) = (pass, threads);
        _dealt = new DealtRows(threads);
        _readers = [.. Enumerable.Range(0, threads).Select(_ => new GruReader(pass))];
        _run = Run;
    }

    internal override void Complete(int rows, ColumnVectors vectors)
    {
        _vectors = vectors;
        foreach (var direction in _pass.Layers[0]) direction.Terms!.Require(Keys[..Starts[rows]], _threads);
        _dealt.Deal(Lengths(rows), _pass.IsPlain ? int.MaxValue : TokensPerPart);
        Parts.Run(_threads, _dealt.Parts, 1, _run);
    }

    private void Run(int thread, int start, int end)
    {
        for (int part = start; part < end; part++) _readers[thread].Read(_dealt, part, Keys, Starts, _vectors);
    }
}
