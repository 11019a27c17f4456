using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>A view that gives out its rows by several cursors, as a file's loader does: each a part of them, none empty.</summary>
/// <param name="whole">All rows.</param>
/// <param name="parts">The parts, in any order.</param>
internal sealed class SplitView(IDataView whole, params IDataView[] parts) : IDataView
{
    /// <summary>How often several cursors were opened.</summary>
    internal int Splits { get; private set; }

    public DataViewSchema Schema => whole.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => whole.GetRowCursor(columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        Splits++;
        string[] names = [.. columnsNeeded.Select(column => column.Name)];
        return Array.ConvertAll(parts, part => part.GetRowCursor(names.Select(name => part.Schema[name])));
    }
}
