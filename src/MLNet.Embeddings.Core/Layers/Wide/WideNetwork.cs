using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>The wide part of a model, which gives outputs for the rows of a batch. Belongs to one thread.</summary>
internal sealed class WideNetwork
{
    private readonly WideFeatures[] _columns;
    private readonly float[][] _weights;
    private readonly float[] _bias;
    private readonly SparseRow _row = new();

    internal WideNetwork(TrainedWide wide)
    {
        var shape = wide.Shape;
        _columns = new WideFeatures[shape.Columns.Count];
        _weights = new float[_columns.Length][];
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i] = WideFeatures.Of(shape.Columns[i], i, 0, name => wide.Weights[name].Values);
            _weights[i] = wide.Weights[shape.Columns[i].Weights].Values;
        }
        _bias = wide.Weights[WideShape.Bias].Values;
    }

    /// <summary>Number of values that it gives for a row.</summary>
    internal int Outputs => _bias.Length;

    /// <summary>Computes the outputs for some rows of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">Behind the last row.</param>
    /// <param name="outputs">Receives those of the rows at their places: (rows of the batch, outputs).</param>
    internal void Score(RowBatch batch, int start, int end, Span<float> outputs)
    {
        for (int i = 0; i < _columns.Length; i++) _columns[i].Begin(batch.Columns, start);
        for (int row = start; row < end; row++)
        {
            var sums = outputs.Slice(row * Outputs, Outputs);
            _bias.CopyTo(sums);
            for (int i = 0; i < _columns.Length; i++)
            {
                _row.Clear();
                _columns[i].Add(batch.Columns, row, _row);
                float[] weights = _weights[i];
                for (int j = 0; j < _row.Count; j++)
                    TensorPrimitives.MultiplyAdd(weights.AsSpan(_row.Features[j] * Outputs, Outputs), _row.Values[j], sums, sums);
            }
        }
    }
}
