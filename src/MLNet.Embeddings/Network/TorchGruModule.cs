using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>A GRU over the terms' vectors by torch's own module, over sequences padded to the longest of the batch.</summary>
/// <remarks>The reference for <see cref="GruModule"/>, and what stands in for it where the processor has no vector instructions.</remarks>
internal sealed class TorchGruModule : SequenceModule
{
    private readonly SequenceShape _shape;
    private readonly GRU _gru;
    private readonly Parameter _inputWeights, _hiddenWeights, _inputBias, _hiddenBias;

    internal TorchGruModule(SequenceShape shape, LearningSettings settings) : base(shape, settings)
    {
        _shape = shape;
        _gru = torch.nn.GRU(shape.Dimensions, shape.OutputSize, batchFirst: true);
        RegisterComponents();
        (_inputWeights, _hiddenWeights) = (_gru.get_parameter("weight_ih_l0")!, _gru.get_parameter("weight_hh_l0")!);
        (_inputBias, _hiddenBias) = (_gru.get_parameter("bias_ih_l0")!, _gru.get_parameter("bias_hh_l0")!);
        GruWeights.Initialize(_inputWeights, _hiddenWeights, _inputBias, _hiddenBias);
    }

    protected override torch.Tensor Encode(SequenceBatch batch, torch.Tensor terms)
    {
        int rows = batch.Lengths.Length, units = _shape.OutputSize;
        var (states, _) = _gru.call(Pad(batch, terms)); // rows × length × units
        int[] lastPositions = Array.ConvertAll(batch.Lengths, length => Math.Max(length - 1, 0));
        var last = states.gather(1, TensorMemory.Indices(lastPositions, rows, 1, 1).expand(rows, 1, units)).squeeze(1);
        return last * NotEmpty(batch);
    }

    internal override IEnumerable<(string Name, float[] Values)> Export() => base.Export().Concat(
    [
        (_shape.GruInputWeights, _inputWeights.Floats().ToArray()),
        (_shape.GruHiddenWeights, _hiddenWeights.Floats().ToArray()),
        (_shape.GruInputBias, _inputBias.Floats().ToArray()),
        (_shape.GruHiddenBias, _hiddenBias.Floats().ToArray()),
    ]);
}
