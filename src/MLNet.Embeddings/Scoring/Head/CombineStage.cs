using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Adds or multiplies the columns' vectors, which stand one after the other; shorter ones are projected first.</summary>
internal sealed class CombineStage : HeadStage
{
    private readonly bool _adds;
    private readonly int[] _sizes;
    private readonly (PackedMatrix Weights, float[] Bias)?[] _projections;

    internal CombineStage(TrainedNetwork network) : base(network.Shape.EncodedSize, network.Shape.CombinedSize)
    {
        var shape = network.Shape;
        _adds = shape.Head.Combination == ColumnCombination.Add;
        _sizes = [.. shape.Columns.Select(column => column.OutputSize)];
        _projections =
        [
            .. shape.Columns.Select(column => shape.IsProjected(column)
                ? (PackedMatrix.Of(network[NetworkShape.ProjectionWeights(column)], Outputs, column.OutputSize), network.Weights[NetworkShape.ProjectionBias(column)].Values)
                : ((PackedMatrix, float[])?)null),
        ];
    }

    internal override long Products => (long)Inputs * Outputs;

    internal override void Apply(ReadOnlySpan<float> values, int rows, Span<float> results)
    {
        Span<float> projected = Outputs <= 1024 ? stackalloc float[Outputs] : new float[Outputs];
        for (int row = 0; row < rows; row++)
        {
            var vector = values.Slice(row * Inputs, Inputs);
            var result = results.Slice(row * Outputs, Outputs);
            result.Fill(_adds ? 0 : 1);
            for (int i = 0; i < _sizes.Length; i++)
            {
                var part = vector[.._sizes[i]];
                if (_projections[i] is var (weights, bias))
                {
                    MatrixProduct.Multiply(part, 1, weights, bias, projected);
                    Combine(result, projected);
                }
                else
                {
                    Combine(result, part);
                }
                vector = vector[_sizes[i]..];
            }
        }
    }

    private void Combine(Span<float> result, ReadOnlySpan<float> part)
    {
        if (_adds) TensorPrimitives.Add(result, part, result);
        else TensorPrimitives.Multiply(result, part, result);
    }
}
