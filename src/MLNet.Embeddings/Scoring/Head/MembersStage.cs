using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A copy of the combined vector for each member of an ensemble, times that member's scales of the first layer's inputs.</summary>
internal sealed class MembersStage(TrainedNetwork network)
    : HeadStage(network.Shape.CombinedSize, network.Shape.Head.EnsembleSize * network.Shape.CombinedSize)
{
    private readonly float[] _scales = network.Weights[HeadShape.InputScales(0)].Values;

    internal override void Apply(ReadOnlySpan<float> values, int rows, Span<float> results)
    {
        for (int row = 0; row < rows; row++)
        {
            var vector = values.Slice(row * Inputs, Inputs);
            var copies = results.Slice(row * Outputs, Outputs);
            for (int start = 0; start < Outputs; start += Inputs) TensorPrimitives.Multiply(vector, _scales.AsSpan(start, Inputs), copies[start..]);
        }
    }
}
