using System.Diagnostics;
using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>What a hidden layer does behind its dense weights, in place: normalisation and activation. Immutable.</summary>
internal sealed class HiddenStep
{
    /// <summary>torch's default (torch.nn.BatchNorm1d, torch.nn.LayerNorm): what keeps the divisor above 0.</summary>
    private const float Epsilon = 1e-5f;

    private readonly Normalization _normalization;
    private readonly ActivationFunction _activation;
    private readonly int _units;
    private readonly float[] _scale = [], _shift = [];

    internal HiddenStep(TrainedNetwork network, int index)
    {
        var head = network.Shape.Head;
        (_normalization, _activation, _units) = (head.Normalization, head.Activation, head.HiddenUnits[index]);
        if (_normalization == Normalization.None) return;
        (_scale, _shift) = (network[HeadShape.NormScale(index)].ToArray(), network[HeadShape.NormShift(index)].ToArray());
        if (_normalization == Normalization.Batch) TakeStatistics(network[HeadShape.NormMean(index)], network[HeadShape.NormVariance(index)]);
    }

    /// <param name="values">Rows × units.</param>
    internal void Apply(Span<float> values)
    {
        if (_normalization != Normalization.None)
        {
            for (int start = 0; start < values.Length; start += _units) Normalize(values.Slice(start, _units));
        }
        switch (_activation)
        {
            case ActivationFunction.Relu:
                Activation.Relu(values);
                break;
            case ActivationFunction.Silu:
                Activation.Silu(values);
                break;
            case ActivationFunction.Tanh:
                Activation.Tanh(values);
                break;
            case ActivationFunction.Sigmoid:
                Activation.Sigmoid(values);
                break;
            default:
                throw new UnreachableException($"{_activation}");
        }
    }

    private void Normalize(Span<float> row)
    {
        if (_normalization == Normalization.Layer)
        {
            TensorPrimitives.Subtract(row, TensorPrimitives.Sum<float>(row) / row.Length, row);
            TensorPrimitives.Divide(row, MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(row) / row.Length + Epsilon), row);
        }
        TensorPrimitives.MultiplyAdd(row, _scale, _shift, row);
    }

    /// <summary>Scale and shift that do at once what batch normalisation does with its mean and variance.</summary>
    private void TakeStatistics(ReadOnlySpan<float> mean, ReadOnlySpan<float> variance)
    {
        for (int i = 0; i < _scale.Length; i++)
        {
            double scale = _scale[i] / Math.Sqrt((double)variance[i] + Epsilon);
            _shift[i] = (float)(_shift[i] - mean[i] * scale);
            _scale[i] = (float)scale;
        }
    }
}
