using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn.functional;

namespace MLNet.Embeddings;

/// <summary>What a hidden layer does behind its dense weights: normalisation, activation, dropout.</summary>
internal sealed class HiddenFunction : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    // torch's defaults (torch.nn.BatchNorm1d, torch.nn.LayerNorm).
    private const double Momentum = 0.1, Epsilon = 1e-5;

    private readonly HeadShape _shape;
    private readonly int _index, _units;
    private readonly double _dropout;
    private readonly Parameter? _scale, _shift;
    private readonly torch.Tensor? _mean, _variance;

    internal HiddenFunction(HeadShape shape, int index, double dropout) : base("function")
    {
        (_shape, _index, _units, _dropout) = (shape, index, shape.HiddenUnits[index], dropout);
        if (shape.Normalization == Normalization.None) return;
        register_parameter("scale", _scale = new Parameter(torch.ones(_units)));
        register_parameter("shift", _shift = new Parameter(torch.zeros(_units)));
        if (shape.Normalization == Normalization.Layer) return;
        register_buffer("mean", _mean = torch.zeros(_units));
        register_buffer("variance", _variance = torch.ones(_units));
    }

    /// <param name="input">Any extents, the last being the units.</param>
    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.dropout(Activate(Normalize(input)), _dropout, training);

    internal IEnumerable<LearnedArray> Arrays()
    {
        if (_scale is not null) yield return new(HeadShape.NormScale(_index), () => _scale.Floats());
        if (_shift is not null) yield return new(HeadShape.NormShift(_index), () => _shift.Floats());
        if (_mean is not null) yield return new(HeadShape.NormMean(_index), () => _mean.Floats());
        if (_variance is not null) yield return new(HeadShape.NormVariance(_index), () => _variance.Floats());
    }

    private torch.Tensor Normalize(torch.Tensor input)
    {
        if (_shape.Normalization == Normalization.None) return input;
        if (_shape.Normalization == Normalization.Layer) return layer_norm(input, [_units], _scale!.With(input), _shift!.With(input), Epsilon);
        // A batch of one row has no variance: it is taken through as in scoring.
        var rows = input.reshape(-1, _units);
        torch.Tensor mean = _mean!.With(input), variance = _variance!.With(input);
        var normalized = batch_norm(rows, mean, variance, _scale!.With(input), _shift!.With(input), training && rows.shape[0] > 1, Momentum, Epsilon).view(input.shape);
        if (!mean.IsWith(_mean!))
        {
            _mean!.copy_(mean);
            _variance!.copy_(variance);
        }
        return normalized;
    }

    private torch.Tensor Activate(torch.Tensor input) => _shape.Activation switch
    {
        ActivationFunction.Relu => input.relu(),
        ActivationFunction.Silu => silu(input),
        ActivationFunction.Tanh => input.tanh(),
        _ => input.sigmoid(),
    };
}
