using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>The dense layers of several members at once, which share weights: TabM (Gorishniy et al. 2024, arXiv 2410.24210, section 3.3).</summary>
/// <remarks>
/// Hidden layer of member j: (x ∘ rⱼ) Wᵀ ∘ sⱼ + bⱼ. Only the first layer's r begin as random signs, all other scales as ones; each member has an output layer of its own.
/// </remarks>
internal sealed class EnsembleHead : HeadModule
{
    private readonly EnsembleLayer[] _hidden;
    private readonly Parameter _outputWeights, _outputBias;
    private readonly int _members, _outputs;

    internal EnsembleHead(NetworkShape shape, double dropout)
    {
        int inputs = shape.CombinedSize;
        (_members, _outputs) = (shape.Head.EnsembleSize, shape.Outputs);
        _hidden = new EnsembleLayer[shape.Head.HiddenUnits.Count];
        for (int i = 0; i < _hidden.Length; i++)
        {
            register_module($"{i}", _hidden[i] = new EnsembleLayer(shape.Head, i, inputs, dropout));
            inputs = shape.Head.HiddenUnits[i];
        }
        double range = Math.Sqrt(6.0 / (inputs + _outputs));
        register_parameter("output_weight", _outputWeights = new Parameter(torch.empty(_members, _outputs, inputs).uniform_(-range, range)));
        register_parameter("output_bias", _outputBias = new Parameter(torch.zeros(_members * _outputs)));
    }

    /// <param name="input">Rows × combined size.</param>
    /// <returns>Members × rows × outputs.</returns>
    public override torch.Tensor forward(torch.Tensor input)
    {
        var values = _hidden.Aggregate(input.unsqueeze(0), (inputs, layer) => layer.call(inputs)); // members × rows × units
        return values.bmm(_outputWeights.AlignedWith(input).transpose(1, 2)) + _outputBias.With(input).view(_members, 1, _outputs);
    }

    internal override IEnumerable<LearnedArray> Arrays() => _hidden.SelectMany(layer => layer.Arrays()).Concat(
    [
        new(HeadShape.LayerWeights(_hidden.Length), () => _outputWeights.Floats()),
        new(HeadShape.LayerBias(_hidden.Length), () => _outputBias.Floats()),
    ]);
}
