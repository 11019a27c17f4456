namespace MLNet.Embeddings;

/// <summary>A category column: a table of KeyCount + 1 rows, row 0 being the missing value.</summary>
internal sealed record CategoryShape(string Name, int KeyCount, int Dimensions) : ColumnShape(Name)
{
    internal override int OutputSize => Dimensions;

    internal string Table => WeightName("table");

    internal override IEnumerable<(string Name, int[] Extents)> Weights() => [(Table, [KeyCount + 1, Dimensions])];

    internal override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. OutOfRange("key count", KeyCount, int.MaxValue - 1), .. OutOfRange("dimensions", Dimensions, 4096)];
}
