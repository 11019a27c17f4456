using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A data view with the added columns, computed lazily, row by row.</summary>
internal sealed class MappedView(IDataView source, RowBinding binding) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => binding.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = binding.Activate(columnsNeeded);
        return new MappedCursor(source.GetRowCursor(active.Inputs, rand), binding, active.IsOutputActive);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = binding.Activate(columnsNeeded);
        return [.. source.GetRowCursorSet(active.Inputs, n, rand).Select(cursor => new MappedCursor(cursor, binding, active.IsOutputActive))];
    }
}
