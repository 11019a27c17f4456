using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A hidden layer of all members of an ensemble. Its inputs were scaled by the stage before; its outputs are scaled for the layer behind it.</summary>
internal sealed class EnsembleStage : HeadStage
{
    private readonly int _members;
    private readonly PackedMatrix _weights;
    private readonly float[] _scales, _bias;
    private readonly float[]? _nextScales;
    private readonly HiddenStep _hidden;

    internal EnsembleStage(TrainedNetwork network, int index, int inputs)
        : base(network.Shape.Head.EnsembleSize * inputs, network.Shape.Head.EnsembleSize * network.Shape.Head.HiddenUnits[index])
    {
        var head = network.Shape.Head;
        _members = head.EnsembleSize;
        _weights = PackedMatrix.Of(network[HeadShape.LayerWeights(index)], head.HiddenUnits[index], inputs);
        _scales = network.Weights[HeadShape.OutputScales(index)].Values;
        _bias = network.Weights[HeadShape.LayerBias(index)].Values;
        _hidden = new HiddenStep(network, index);
        if (index + 1 < head.HiddenUnits.Count) _nextScales = network.Weights[HeadShape.InputScales(index + 1)].Values;
    }

    internal override long Products => (long)_members * _weights.Inputs * _weights.Outputs;

    internal override void Apply(ReadOnlySpan<float> values, int rows, Span<float> results)
    {
        results = results[..(rows * Outputs)];
        MatrixProduct.Multiply(values, rows * _members, _weights, [], results);
        for (int start = 0; start < results.Length; start += Outputs)
        {
            var members = results.Slice(start, Outputs);
            TensorPrimitives.MultiplyAdd(members, _scales, _bias, members);
        }
        _hidden.Apply(results);
        if (_nextScales is null) return;
        for (int start = 0; start < results.Length; start += Outputs)
        {
            var members = results.Slice(start, Outputs);
            TensorPrimitives.Multiply(members, _nextScales, members);
        }
    }
}
