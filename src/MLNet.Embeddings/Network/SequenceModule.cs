using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Looks a sequence's terms up in its table and encodes them into one vector.</summary>
internal abstract class SequenceModule : ColumnModule
{
    private readonly SequenceShape _shape;
    private readonly TorchTable _table;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _dropout;

    protected SequenceModule(SequenceShape shape, TorchTable table, LearningSettings settings) : base(shape)
    {
        (_shape, _table) = (shape, table);
        _dropout = torch.nn.Dropout(settings.Dropout);
    }

    internal override torch.Tensor Encode(ColumnBatch batch)
    {
        var sequences = (SequenceBatch)batch;
        return sequences.MaxLength == 0
            ? torch.zeros(sequences.Lengths.Length, _shape.OutputSize)
            : _dropout.call(Encode(sequences, _table.Vectors));
    }

    /// <summary>The sequences' vectors: rows × output size; at least one sequence is not empty.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="terms">Vectors of the different terms: terms × dimensions.</param>
    protected abstract torch.Tensor Encode(SequenceBatch batch, torch.Tensor terms);
}
