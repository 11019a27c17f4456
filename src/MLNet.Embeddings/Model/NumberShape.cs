namespace MLNet.Embeddings;

/// <summary>A number column of Size numbers; with MissingIndicator, as many 0/1 indicators stand behind them.</summary>
internal sealed record NumberShape(string Name, int Size, bool MissingIndicator) : ColumnShape(Name)
{
    internal override int OutputSize => MissingIndicator ? 2 * Size : Size;

    internal string Mean => WeightName("mean");
    internal string Deviation => WeightName("deviation");

    internal override IEnumerable<(string Name, int[] Extents)> Weights() => [(Mean, [Size]), (Deviation, [Size])];
}
