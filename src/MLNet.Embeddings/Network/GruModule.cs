using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>A GRU over the terms' vectors; its last state is the sequence's vector, zeros for an empty sequence. No padded work is done.</summary>
internal sealed class GruModule : SequenceModule
{
    private readonly SequenceShape _shape;
    private readonly Parameter _inputWeights, _hiddenWeights, _inputBias, _hiddenBias;
    private readonly RaggedGru _gru;

    internal GruModule(SequenceShape shape, LearningSettings settings) : base(shape, settings)
    {
        (_shape, int units) = (shape, shape.OutputSize);
        _inputWeights = new Parameter(torch.empty(3 * units, shape.Dimensions));
        _hiddenWeights = new Parameter(torch.empty(3 * units, units));
        _inputBias = new Parameter(torch.empty(3 * units));
        _hiddenBias = new Parameter(torch.empty(3 * units));
        RegisterComponents();
        GruWeights.Initialize(_inputWeights, _hiddenWeights, _inputBias, _hiddenBias);
        _gru = new RaggedGru(shape.Dimensions, units, settings.Threads);
    }

    protected override torch.Tensor Encode(SequenceBatch batch, torch.Tensor terms)
    {
        _gru.Plan(batch.Lengths, batch.TermOfToken, batch.Terms.Length);
        return KernelFunction.Apply(new GruKernel(_gru), torch.empty(batch.Lengths.Length, _shape.OutputSize), terms, _inputWeights, _hiddenWeights, _inputBias, _hiddenBias);
    }

    internal override IEnumerable<(string Name, float[] Values)> Export() => base.Export().Concat(
    [
        (_shape.GruInputWeights, _inputWeights.Floats().ToArray()),
        (_shape.GruHiddenWeights, _hiddenWeights.Floats().ToArray()),
        (_shape.GruInputBias, _inputBias.Floats().ToArray()),
        (_shape.GruHiddenBias, _hiddenBias.Floats().ToArray()),
    ]);
}
