namespace MLNet.Embeddings;

/// <summary>A column of keys with a table of KeyCount + 1 rows.</summary>
internal abstract record EmbeddingShape(string Name, int KeyCount, int Dimensions) : ColumnShape(Name)
{
    /// <summary>Full name of the table.</summary>
    internal string Table => WeightName("table");

    /// <summary>True if row 0 is padding: zeros that are never looked up.</summary>
    internal abstract bool IsPadded { get; }

    internal override IEnumerable<(string Name, int[] Extents)> Weights() => [(Table, [KeyCount + 1, Dimensions])];

    internal override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. OutOfRange("key count", KeyCount, int.MaxValue - 1), .. OutOfRange("dimensions", Dimensions, 4096)];
}
