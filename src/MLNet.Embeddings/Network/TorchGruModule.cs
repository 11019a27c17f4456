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

    internal override bool Pads => true;

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

    /// <summary>The sequences padded to the longest of the batch: rows × length × dimensions. What stands behind a sequence's end is of no meaning.</summary>
    private static torch.Tensor Pad(SequenceBatch batch, torch.Tensor terms)
    {
        int rows = batch.Lengths.Length, length = batch.MaxLength;
        int[] padded = new int[rows * length];
        int position = 0;
        for (int row = 0; row < rows; row++)
        {
            batch.TermOfToken.AsSpan(position, batch.Lengths[row]).CopyTo(padded.AsSpan(row * length));
            position += batch.Lengths[row];
        }
        return terms.index_select(0, TensorMemory.Indices(padded, padded.Length)).view(rows, length, -1);
    }

    /// <summary>1 for a row that has tokens, 0 for an empty one: rows × 1.</summary>
    private static torch.Tensor NotEmpty(SequenceBatch batch) =>
        TensorMemory.Of(Array.ConvertAll(batch.Lengths, length => length > 0 ? 1f : 0f), batch.Lengths.Length, 1);
}
