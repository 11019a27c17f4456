namespace MLNet.Embeddings;

/// <summary>A column of keys with a table of KeyCount + 1 rows.</summary>
internal abstract record EmbeddingShape(string Name, int KeyCount, int Dimensions) : ColumnShape(Name)
{
    /// <summary>Name of the table that it shares with other columns; null if the table is its own.</summary>
    public string? SharedTable { get; init; }

    /// <summary>Full name of the table.</summary>
    internal string Table => TableOf(Name, SharedTable);

    /// <summary>True if row 0 is padding: zeros that are never looked up.</summary>
    internal abstract bool IsPadded { get; }

    /// <summary>Full name of a column's table.</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="sharedTable">Name of the table that it shares; null if the table is its own.</param>
    internal static string TableOf(string column, string? sharedTable) => sharedTable is null ? WeightName(column, "table") : $"tables.{sharedTable}";

    internal override IEnumerable<(string Name, int[] Extents)> Weights() => [(Table, [KeyCount + 1, Dimensions])];

    internal override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. OutOfRange("key count", KeyCount, int.MaxValue - 1), .. OutOfRange("dimensions", Dimensions, 4096)];
}
