namespace MLNet.Embeddings;

/// <summary>A column of keys with a table of KeyCount + 1 rows.</summary>
internal abstract record EmbeddingShape(string Name, int KeyCount, int Dimensions) : ColumnShape(Name)
{
    /// <summary>Name of the table that it shares with other columns; null if the table is its own.</summary>
    public string? SharedTable { get; init; }

    /// <summary>Full name of the table.</summary>
    internal string Table => SharedTable is null ? WeightName("table") : $"tables.{SharedTable}";

    /// <summary>True if row 0 is padding: zeros that are never looked up.</summary>
    internal abstract bool IsPadded { get; }

    internal override IEnumerable<(string Name, int[] Extents)> Weights() => [(Table, [KeyCount + 1, Dimensions])];

    internal override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. OutOfRange("key count", KeyCount, int.MaxValue - 1), .. OutOfRange("dimensions", Dimensions, 4096)];
}
