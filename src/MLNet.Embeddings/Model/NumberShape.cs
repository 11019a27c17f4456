namespace MLNet.Embeddings;

/// <summary>A number column of Size numbers; with MissingIndicator, as many 0/1 indicators stand behind them.</summary>
internal sealed record NumberShape(string Name, int Size, bool MissingIndicator) : ColumnShape(Name)
{
    /// <summary>More numbers than this in one column are a damaged file.</summary>
    private const int LargestSize = 1 << 24;

    internal override int OutputSize => MissingIndicator ? 2 * Size : Size;

    internal string Mean => WeightName("mean");
    internal string Deviation => WeightName("deviation");

    internal override IEnumerable<(string Name, int[] Extents)> Weights() => [(Mean, [Size]), (Deviation, [Size])];

    internal override IEnumerable<string> Faults() => [.. base.Faults(), .. OutOfRange("size", Size, LargestSize)];
}
