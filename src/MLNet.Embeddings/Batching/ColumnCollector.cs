using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Collects one input column from a cursor, row by row.</summary>
internal abstract class ColumnCollector
{
    /// <summary>Makes the collector that fits the kind of column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static ColumnCollector For(InputColumn column, DataViewRow row) => column switch
    {
        CategoryColumn => new CategoryCollector(row, row.Schema.Find("category", column.Name)),
        SequenceColumn => new SequenceCollector(row, row.Schema.Find("sequence", column.Name)),
        _ => new NumberCollector(row, row.Schema.Find("number", column.Name)),
    };

    /// <summary>Takes the value of the row that the cursor stands on.</summary>
    internal abstract void Add();

    /// <summary>All values taken.</summary>
    internal abstract ColumnData ToData();
}
