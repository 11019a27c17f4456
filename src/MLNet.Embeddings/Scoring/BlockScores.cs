using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The network's outputs for the rows of a cursor, computed block by block.</summary>
internal sealed class BlockScores : RowBlock, IScores
{
    private readonly ForwardPass _network;
    private readonly ColumnBlock[] _columns;
    private readonly RowScores _single;
    private readonly int _threads, _rowsPerThread;
    private readonly Action<int, int, int> _apply;
    private float[] _inputs = [];
    private float[][] _activations = [];

    /// <param name="network">The network.</param>
    /// <param name="row">The cursor, on which the columns are active.</param>
    /// <param name="columns">The network's columns.</param>
    /// <param name="getters">Makes the getters of the added columns.</param>
    /// <param name="threads">The most threads to compute on.</param>
    internal BlockScores(ForwardPass network, DataViewRow row, DataViewSchema.Column[] columns, Func<IScores, Delegate?[]> getters, int threads)
    {
        (_network, _threads, _rowsPerThread) = (network, threads, network.RowsPerThread);
        _columns = network.OverBlocks(row, columns, threads);
        _single = new RowScores(row, network.Over(row, columns), network.Outputs);
        _apply = (_, start, end) => _network.Apply(_inputs, start, end, _activations);
        Getters = getters(this);
    }

    internal override Delegate?[] Getters { get; }

    public ReadOnlySpan<float> Current
    {
        get
        {
            if (Index < 0) return _single.Current;
            Complete();
            return _activations[^1].AsSpan(Index * _network.Outputs, _network.Outputs);
        }
    }

    private protected override void Take(int index)
    {
        if (_inputs.Length <= index * _network.Inputs) Array.Resize(ref _inputs, Math.Max(1, 2 * index) * _network.Inputs);
        for (int i = 0; i < _columns.Length; i++) _columns[i].Read(index, VectorsOf(i)[index]);
    }

    private protected override void Compute(int rows)
    {
        if (_activations.Length == 0 || _activations[^1].Length < rows * _network.Outputs) _activations = _network.CreateActivations(rows);
        for (int i = 0; i < _columns.Length; i++) _columns[i].Complete(rows, VectorsOf(i));
        Parts.Run(_threads, rows, _rowsPerThread, _apply);
    }

    private ColumnVectors VectorsOf(int column) => _network.VectorsOf(column, _inputs);
}
