using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>Bins of numbers that fill up one after the other and a linear map of them, beside a linear part of each number.</summary>
internal sealed class PiecewiseLinearModule : ColumnModule
{
    private readonly NumberShape _shape;
    private readonly int _dimensions;
    private readonly Parameter _binWeights, _linearWeights, _linearBias;

    internal PiecewiseLinearModule(NumberShape shape, PiecewiseLinearEncoder encoder) : base(shape)
    {
        (_shape, _dimensions) = (shape, encoder.Dimensions);
        _binWeights = new Parameter(torch.zeros(shape.BinCounts.Sum(), _dimensions));
        double range = encoder.LinearRange;
        // Of one dimension, because they do not decay.
        _linearWeights = new Parameter(torch.empty(shape.Size * _dimensions).uniform_(-range, range));
        _linearBias = new Parameter(torch.empty(shape.Size * _dimensions).uniform_(-range, range));
        RegisterComponents();
    }

    internal override torch.Tensor Encode(ColumnBatch batch)
    {
        var values = NumberModule.Values((NumberBatch)batch); // rows × (numbers + indicators)
        var vectors = new List<torch.Tensor>();
        int bin = 0;
        foreach (var (number, bins) in _shape.BinCounts.Index())
        {
            var value = values.narrow(1, number, 1); // rows × 1
            var (origin, slope) = PiecewiseLinearEncoding.Standardization(bins);
            var linear = (value * slope + origin) * Part(_linearWeights, number) + Part(_linearBias, number); // rows × dimensions
            if (bins > 0) linear += (value - torch.arange(bins)).clamp(0, 1).matmul(_binWeights.narrow(0, bin, bins));
            vectors.Add(linear);
            bin += bins;
        }
        return torch.cat([.. vectors, values.narrow(1, _shape.Size, values.shape[1] - _shape.Size)], dim: 1);
    }

    internal override IEnumerable<LearnedArray> Arrays() =>
    [
        new(_shape.BinWeights, () => _binWeights.Floats()),
        new(_shape.LinearWeights, () => _linearWeights.Floats()),
        new(_shape.LinearBias, () => _linearBias.Floats()),
    ];

    private torch.Tensor Part(Parameter parameter, int number) => parameter.narrow(0, (long)number * _dimensions, _dimensions);
}
