using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>Cosines and sines of learned frequencies of each number, then a dense layer of its own with relu.</summary>
internal sealed class PeriodicModule : ColumnModule
{
    private readonly NumberShape _shape;
    private readonly int _dimensions;
    private readonly Parameter _frequencies, _linearWeights, _linearBias;

    internal PeriodicModule(NumberShape shape, PeriodicEncoder encoder) : base(shape)
    {
        (_shape, _dimensions) = (shape, encoder.Dimensions);
        // Frequencies and biases are of one dimension, because they do not decay.
        using var normal = torch.empty(shape.Size * encoder.Frequencies);
        _frequencies = new Parameter(torch.nn.init.trunc_normal_(normal, 0, encoder.Deviation, -3 * encoder.Deviation, 3 * encoder.Deviation).clone());
        double range = encoder.LinearRange;
        _linearWeights = new Parameter(torch.empty(shape.Size, _dimensions, 2 * encoder.Frequencies).uniform_(-range, range));
        _linearBias = new Parameter(torch.empty(shape.Size * _dimensions).uniform_(-range, range));
        RegisterComponents();
    }

    internal override torch.Tensor Encode(ColumnBatch batch)
    {
        var values = NumberModule.Values((NumberBatch)batch); // rows × (numbers + indicators)
        long rows = values.shape[0], size = _shape.Size;
        var angles = 2 * Math.PI * values.narrow(1, 0, size).unsqueeze(2) * _frequencies.view(size, -1); // rows × numbers × frequencies
        var waves = torch.cat([angles.cos(), angles.sin()], dim: 2).transpose(0, 1); // numbers × rows × 2 frequencies
        var vectors = (waves.bmm(_linearWeights.transpose(1, 2)) + _linearBias.view(size, 1, _dimensions)).relu(); // numbers × rows × dimensions
        return torch.cat([vectors.transpose(0, 1).reshape(rows, size * _dimensions), values.narrow(1, size, values.shape[1] - size)], dim: 1);
    }

    internal override IEnumerable<LearnedArray> Arrays() =>
    [
        new(_shape.Frequencies, () => _frequencies.Floats()),
        new(_shape.LinearWeights, () => _linearWeights.Floats()),
        new(_shape.LinearBias, () => _linearBias.Floats()),
    ];
}
