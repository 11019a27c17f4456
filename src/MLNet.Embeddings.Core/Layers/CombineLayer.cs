using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Adds or multiplies the columns' vectors, which lie one after the other; shorter ones are projected to the length of the longest first.</summary>
internal sealed class CombineLayer : HeadLayer
{
    private readonly bool _adds;
    private readonly int[] _starts, _sizes;
    private readonly DenseLayer?[] _projections;

    /// <summary>For each column the vectors that are added or multiplied, and of each thread the products of those behind one.</summary>
    private readonly float[][] _vectors;
    private float[] _gradients = [];

    internal CombineLayer(LayerContext context, NetworkShape shape) : base(shape.EncodedSize, shape.CombinedSize)
    {
        _adds = shape.Head.Combination == ColumnCombination.Add;
        _sizes = [.. shape.Columns.Select(column => column.OutputSize)];
        _starts = [.. _sizes.Select((_, i) => _sizes[..i].Sum())];
        _vectors = [.. _sizes.Select(_ => Array.Empty<float>())];
        _projections =
        [
            .. shape.Columns.Select(column => shape.IsProjected(column)
                ? DenseLayer.Of(context, NetworkShape.ProjectionWeights(column), NetworkShape.ProjectionBias(column), column.OutputSize, Outputs)
                : null),
        ];
    }

    internal override long Products => (long)Inputs * Outputs;

    internal override void Pack(bool backward)
    {
        foreach (var projection in _projections) projection?.Pack(backward);
    }

    internal override void Require(int rows, Pass pass)
    {
        for (int i = 0; i < _vectors.Length; i++)
        {
            if (_vectors[i].Length < rows * Outputs) _vectors[i] = new float[rows * Outputs];
        }
        if (pass.IsTraining && _gradients.Length < rows * Outputs) _gradients = new float[rows * Outputs];
    }

    internal override void Forward(RowRange rows, ReadOnlySpan<float> x, Span<float> y)
    {
        y.Fill(_adds ? 0 : 1);
        for (int column = 0; column < _sizes.Length; column++)
        {
            var vectors = VectorsOf(_vectors[column], rows);
            if (_projections[column] is { } projection) projection.Forward(x[_starts[column]..], Inputs, rows.Count, vectors, Outputs);
            else
            {
                for (int row = 0; row < rows.Count; row++) x.Slice(row * Inputs + _starts[column], Outputs).CopyTo(vectors[(row * Outputs)..]);
            }
            if (_adds) TensorPrimitives.Add(y, vectors, y);
            else TensorPrimitives.Multiply(y, vectors, y);
        }
    }

    internal override void Backward(RowRange rows, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> yGradients, Span<float> xGradients, float[] sums)
    {
        var gradients = VectorsOf(_gradients, rows);
        for (int column = 0; column < _sizes.Length; column++)
        {
            yGradients.CopyTo(gradients);
            // A factor's gradient is that of the product times the other factors, which may be 0.
            for (int other = 0; other < _sizes.Length && !_adds; other++)
            {
                if (other != column) TensorPrimitives.Multiply(gradients, VectorsOf(_vectors[other], rows), gradients);
            }
            var columnGradients = xGradients[_starts[column]..];
            if (_projections[column] is { } projection)
                projection.Backward(rows.Part, x[_starts[column]..], Inputs, rows.Count, gradients, Outputs, columnGradients, Inputs, sums);
            else
            {
                for (int row = 0; row < rows.Count; row++) gradients.Slice(row * Outputs, Outputs).CopyTo(columnGradients[(row * Inputs)..]);
            }
        }
    }

    private Span<float> VectorsOf(float[] memory, RowRange rows) => memory.AsSpan(rows.First * Outputs, rows.Count * Outputs);
}
