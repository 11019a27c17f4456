using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>The output layers of all members of an ensemble, each with weights of its own.</summary>
internal sealed class EnsembleOutputStage(TrainedNetwork network, int units)
    : HeadStage(network.Shape.Head.EnsembleSize * units, network.Shape.Head.EnsembleSize * network.Shape.Outputs)
{
    private readonly int _each = network.Shape.Outputs;
    private readonly float[] _weights = network.Weights[HeadShape.LayerWeights(network.Shape.Head.HiddenUnits.Count)].Values;
    private readonly float[] _bias = network.Weights[HeadShape.LayerBias(network.Shape.Head.HiddenUnits.Count)].Values;

    internal override long Products => (long)Inputs * _each;

    internal override void Apply(ReadOnlySpan<float> values, int rows, Span<float> results)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int output = 0; output < Outputs; output++)
            {
                var inputs = values.Slice(row * Inputs + output / _each * units, units);
                results[row * Outputs + output] = _bias[output] + TensorPrimitives.Dot(inputs, _weights.AsSpan(output * units, units));
            }
        }
    }
}
