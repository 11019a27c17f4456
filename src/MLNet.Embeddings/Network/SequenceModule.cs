using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Looks a sequence's terms up in its table and encodes them into one vector.</summary>
internal abstract class SequenceModule : ColumnModule
{
    private readonly SequenceShape _shape;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _dropout;

    protected SequenceModule(SequenceShape shape, LearningSettings settings) : base(shape)
    {
        _shape = shape;
        _dropout = torch.nn.Dropout(settings.Dropout);
        Table = new TorchTable(shape.KeyCount + 1, shape.Dimensions, padded: true, settings.Threads);
    }

    internal override TorchTable Table { get; }

    internal override bool Pads => true;

    internal override torch.Tensor Encode(ColumnBatch batch)
    {
        var sequences = (SequenceBatch)batch;
        return sequences.MaxLength == 0
            ? torch.zeros(sequences.Lengths.Length, _shape.OutputSize)
            : _dropout.call(Encode(sequences, Table.LookUp(sequences.Terms)));
    }

    internal override IEnumerable<(string Name, float[] Values)> Export() => [(_shape.Table, [.. Table.Values])];

    /// <summary>The sequences' vectors: rows × output size; at least one sequence is not empty.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="terms">Vectors of the different terms: terms × dimensions.</param>
    protected abstract torch.Tensor Encode(SequenceBatch batch, torch.Tensor terms);

    /// <summary>The sequences padded to the longest of the batch: rows × length × dimensions. What stands behind a sequence's end is of no meaning.</summary>
    protected static torch.Tensor Pad(SequenceBatch batch, torch.Tensor terms)
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
    protected static torch.Tensor NotEmpty(SequenceBatch batch) =>
        TensorMemory.Of(Array.ConvertAll(batch.Lengths, length => length > 0 ? 1f : 0f), batch.Lengths.Length, 1);
}
