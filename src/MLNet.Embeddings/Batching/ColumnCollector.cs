using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Collects one input column from a cursor, row by row.</summary>
internal abstract class ColumnCollector
{
    /// <summary>Makes the collector that fits the kind of column, whose type was checked.</summary>
    internal static ColumnCollector For(InputColumn column, DataViewRow row) => column switch
    {
        CategoryColumn => new CategoryCollector(row, row.Schema[column.Name]),
        SequenceColumn => new SequenceCollector(row, row.Schema[column.Name]),
        _ => new NumberCollector(row, row.Schema[column.Name]),
    };

    /// <summary>Takes the value of the row that the cursor stands on.</summary>
    internal abstract void Add();

    /// <summary>All values taken.</summary>
    internal abstract ColumnData ToData();
}
