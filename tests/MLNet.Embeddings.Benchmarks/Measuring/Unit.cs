namespace MLNet.Embeddings.Benchmarks;

/// <summary>What a figure counts, and whether more of it is better.</summary>
internal sealed record Unit(string Name, bool MoreIsBetter)
{
    internal static readonly Unit RowsPerSecond = new("rows/s", MoreIsBetter: true);
    internal static readonly Unit MicrosecondsPerRow = new("µs/row", MoreIsBetter: false);
    internal static readonly Unit Megabytes = new("MB", MoreIsBetter: false);
}
