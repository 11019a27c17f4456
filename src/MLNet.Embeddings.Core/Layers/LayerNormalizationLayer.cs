using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Layer normalisation: each row's values brought to mean 0 and deviation 1, then scaled and shifted (Ba et al. 2016, arXiv 1607.06450).</summary>
/// <param name="context">What the layers of the network share.</param>
/// <param name="index">Number of the hidden layer.</param>
/// <param name="units">Values that are normalised together.</param>
/// <param name="members">Members of an ensemble, whose values lie beside each other.</param>
internal sealed class LayerNormalizationLayer(LayerContext context, int index, int units, int members) : HeadLayer(units * members, units * members)
{
    /// <summary>torch's default (torch.nn.LayerNorm, torch.nn.BatchNorm1d): what keeps the divisor above 0.</summary>
    internal const float Epsilon = 1e-5f;

    private readonly Parameter _scale = context.Vector(HeadShape.NormScale(index), Initializers.Ones, units);
    private readonly Parameter _shift = context.Vector(HeadShape.NormShift(index), Initializers.Zeros, units);
    private float[] _normalized = [], _divisors = [];

    internal override void Require(int rows, Pass pass)
    {
        if (_divisors.Length < rows * members) (_normalized, _divisors) = (new float[rows * Outputs], new float[rows * members]);
    }

    internal override void Forward(RowRange rows, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0, vector = rows.First * members; i < rows.Count * members; i++, vector++)
        {
            var normalized = _normalized.AsSpan(vector * units, units);
            var values = x.Slice(i * units, units);
            TensorPrimitives.Subtract(values, TensorPrimitives.Sum(values) / units, normalized);
            _divisors[vector] = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(normalized) / units + Epsilon);
            TensorPrimitives.Divide(normalized, _divisors[vector], normalized);
            TensorPrimitives.MultiplyAdd(normalized, _scale.Values, _shift.Values, y.Slice(i * units, units));
        }
    }

    internal override void Backward(RowRange rows, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> yGradients, Span<float> xGradients, float[] sums)
    {
        Span<float> scaleSums = _scale.In(sums), shiftSums = _shift.In(sums);
        for (int i = 0, vector = rows.First * members; i < rows.Count * members; i++, vector++)
        {
            Span<float> normalized = _normalized.AsSpan(vector * units, units), gradient = yGradients.Slice(i * units, units),
                result = xGradients.Slice(i * units, units);
            TensorPrimitives.MultiplyAdd(gradient, normalized, scaleSums, scaleSums);
            TensorPrimitives.Add(shiftSums, gradient, shiftSums);
            TensorPrimitives.Multiply(gradient, _scale.Values, gradient);
            // The mean and the deviation depend on all values: their share of the gradient is taken off.
            float mean = TensorPrimitives.Sum<float>(gradient) / units, slope = TensorPrimitives.Dot<float>(gradient, normalized) / units;
            TensorPrimitives.MultiplyAdd(normalized, -slope, gradient, result);
            TensorPrimitives.Subtract(result, mean, result);
            TensorPrimitives.Divide(result, _divisors[vector], result);
        }
    }
}
