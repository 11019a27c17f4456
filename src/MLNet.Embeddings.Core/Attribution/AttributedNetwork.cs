using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A fitted network on the straight line from the baseline to a row, in the space of its columns' vectors. Belongs to one thread.</summary>
internal sealed class AttributedNetwork
{
    private readonly AttributedColumn[] _columns;
    private readonly int[] _starts;
    private readonly Head _head;
    private readonly float[] _sums, _baseline, _vectors, _slopes;
    private int _points;

    /// <param name="network">The network.</param>
    /// <param name="threads">How many threads may work.</param>
    internal AttributedNetwork(TrainedNetwork network, int threads)
    {
        var parameters = new DifferentiatedParameters(network, threads);
        var context = new LayerContext(parameters, threads, DropoutPlan.None);
        foreach (var table in network.Shape.Tables) context.Add(table);
        _columns = [.. network.Shape.Columns.Select(column => AttributedColumn.Of(column, network, context))];
        _starts = new int[_columns.Length];
        for (int i = 1; i < _columns.Length; i++) _starts[i] = _starts[i - 1] + _columns[i - 1].Size;
        _head = new Head(context, network.Shape);
        _sums = parameters.Lay();
        foreach (var column in _columns) column.Pack();
        _head.Pack(backward: true);
        (_baseline, _vectors, _slopes) = (new float[_head.Inputs], new float[_head.Inputs], new float[_head.Inputs]);
    }

    /// <summary>Values that come out at a point: for each member the outputs of all labels.</summary>
    internal int Outputs => _head.Outputs;

    /// <summary>The gradients by what came out at the points of the last <see cref="Forward"/>, to be written: (points, outputs).</summary>
    internal Span<float> OutputGradients => _head.OutputGradientsOf(0, _points);

    /// <summary>Takes a row.</summary>
    internal void Read(ColumnBatch[] row)
    {
        for (int i = 0; i < _columns.Length; i++)
            _columns[i].Write(row[i], _baseline.AsSpan(_starts[i], _columns[i].Size), _vectors.AsSpan(_starts[i], _columns[i].Size));
    }

    /// <summary>Goes forward from points of the line.</summary>
    /// <param name="points">From 0, the baseline, to 1, the row.</param>
    /// <returns>(points, outputs).</returns>
    internal ReadOnlySpan<float> Forward(ReadOnlySpan<float> points)
    {
        _points = points.Length;
        _head.Require(_points, Pass.Explaining);
        for (int i = 0; i < _points; i++)
        {
            var inputs = _head.InputsOf(i, 1);
            TensorPrimitives.Subtract(_vectors, _baseline, inputs);
            TensorPrimitives.MultiplyAdd(inputs, points[i], _baseline, inputs);
        }
        _head.Forward(.., Rows);
        return _head.OutputsOf(0, _points);
    }

    /// <summary>Forgets what <see cref="Backward"/> added.</summary>
    internal void Begin() => Array.Clear(_slopes);

    /// <summary>Goes backward from the gradients by what came out, and adds those by the vectors: how fast the score rises with them.</summary>
    internal void Backward()
    {
        _head.Backward(.., Rows, _sums);
        for (int i = 0; i < _points; i++) TensorPrimitives.Add(_slopes, _head.InputGradientsOf(i, 1), _slopes);
    }

    /// <summary>What a column adds from the baseline to the row.</summary>
    internal double ShareOf(int column)
    {
        double sum = 0;
        for (int i = _starts[column]; i < _starts[column] + _columns[column].Size; i++) sum += (double)(_vectors[i] - _baseline[i]) * _slopes[i];
        return sum;
    }

    /// <inheritdoc cref="AttributedColumn.TokensOf"/>
    /// <param name="column">Number of the column.</param>
    /// <param name="row">The row.</param>
    internal double[] TokensOf(int column, ColumnBatch row) => _columns[column].TokensOf(row, _slopes.AsSpan(_starts[column], _columns[column].Size), _sums);

    /// <inheritdoc cref="AttributedColumn.Attention"/>
    internal float[] AttentionOf(int column) => _columns[column].Attention;

    private RowRange Rows => new(0, 0, _points, Pass.Explaining);
}
