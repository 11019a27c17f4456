using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Collects one input column from a cursor, row by row.</summary>
internal abstract class ColumnCollector
{
    /// <summary>Makes the collector that fits the kind of column, whose type was checked.</summary>
    /// <param name="column">The column as the options name it.</param>
    /// <param name="row">The cursor.</param>
    /// <param name="capacity">Rows to make room for at once; 0 if their number is not known.</param>
    internal static ColumnCollector For(InputColumn column, DataViewRow row, int capacity) => column switch
    {
        CategoryColumn category => new CategoryCollector(row, row.Schema[column.Name], category.Table, capacity),
        EmbeddingColumn terms => new SequenceCollector(row, row.Schema[column.Name], terms.Table, capacity, dropsKeys: terms is not SequenceColumn { IsTarget: true }),
        NumberColumn number => new NumberCollector(row, row.Schema[column.Name], capacity, number),
        _ => throw new System.Diagnostics.UnreachableException(column.ToString()),
    };

    /// <summary>Takes the value of the row that the cursor stands on.</summary>
    internal abstract void Add();

    /// <summary>The values since the last call.</summary>
    internal abstract ColumnData Take();
}
