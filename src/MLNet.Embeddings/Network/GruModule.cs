using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>A GRU over the terms' vectors; its last state is the sequence's vector, zeros for an empty sequence.</summary>
internal sealed class GruModule : SequenceModule
{
    private readonly SequenceShape _shape;
    private readonly GRU _gru;
    private readonly Parameter _inputWeights, _hiddenWeights, _inputBias, _hiddenBias;

    internal GruModule(SequenceShape shape, double dropout) : base(shape, dropout)
    {
        _shape = shape;
        _gru = torch.nn.GRU(shape.Dimensions, shape.OutputSize, batchFirst: true);
        RegisterComponents();
        (_inputWeights, _hiddenWeights) = (_gru.get_parameter("weight_ih_l0")!, _gru.get_parameter("weight_hh_l0")!);
        (_inputBias, _hiddenBias) = (_gru.get_parameter("bias_ih_l0")!, _gru.get_parameter("bias_hh_l0")!);
        Initialize();
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

    /// <summary>Keras's initial values (keras.layers.GRU): Glorot uniform for the input, orthogonal for the state, zero biases; each gate on its own.</summary>
    private void Initialize()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        for (int gate = 0; gate < 3; gate++)
        {
            torch.nn.init.xavier_uniform_(_inputWeights.narrow(0, gate * _shape.OutputSize, _shape.OutputSize));
            torch.nn.init.orthogonal_(_hiddenWeights.narrow(0, gate * _shape.OutputSize, _shape.OutputSize));
        }
        _inputBias.zero_();
        _hiddenBias.zero_();
    }
}
