using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>One row with the added columns; owns the row it stands on.</summary>
internal sealed class MappedRow(DataViewRow input, RowBinding binding, Func<int, bool> isOutputActive) : DataViewRow
{
    private readonly RowGetters _getters = new(input, binding, isOutputActive, binding.CreateGetters(input, isOutputActive));

    public override DataViewSchema Schema => binding.Schema;
    public override long Position => input.Position;
    public override long Batch => input.Batch;
    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();
    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}
