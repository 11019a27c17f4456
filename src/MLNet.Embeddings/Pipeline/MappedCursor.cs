using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A cursor with the added columns; owns the cursor it stands on.</summary>
internal sealed class MappedCursor(DataViewRowCursor input, RowBinding binding, Func<int, bool> isOutputActive, Delegate?[] outputs) : DataViewRowCursor
{
    private readonly RowGetters _getters = new(input, binding, isOutputActive, outputs);

    public override DataViewSchema Schema => binding.Schema;
    public override long Position => input.Position;
    public override long Batch => input.Batch;
    public override bool MoveNext() => input.MoveNext();
    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();
    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}
